import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { errorCode } from '../../../util/error-code.ts';
import { readRange } from './files/read-write.ts';
import type { StreamStart } from './pump/journal-lines.ts';

/** The end of what a run wrote, and where it was read. */
export interface LogTail {
  readonly text: string;
  readonly file: string;
}

/** The last bytes of a file from a place on; none when it is not there. */
const endOf = (path: string, bytes: number, from: (inode: number, size: number) => number): Buffer => {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { ino, size } = fstatSync(descriptor);
      return readRange(descriptor, Math.max(from(ino, size), size - bytes), size);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return Buffer.alloc(0);
  }
};

/** A file that was replaced or emptied since has nothing but what came later. */
const tailOf = ({ path, inode, offset, earlier }: StreamStart, bytes: number): string => {
  const live = endOf(path, bytes, (actual, size) => (actual === inode && offset <= size ? offset : 0));
  const missing = bytes - live.length;
  if (earlier === null || missing <= 0) return live.toString('utf8');
  return Buffer.concat([endOf(`${path}.1`, missing, () => earlier), live]).toString('utf8');
};

/** The last bytes of the errors of a run; of its output when there are none. `null` when it wrote nothing. */
export const tailOfRun = (
  start: { readonly out: StreamStart | null; readonly error: StreamStart | null },
  bytes: number,
): LogTail | null => {
  for (const stream of [start.error, start.out]) {
    const text = stream === null ? '' : tailOf(stream, bytes);
    if (stream !== null && text.trim() !== '') return { text, file: stream.path };
  }
  return null;
};
