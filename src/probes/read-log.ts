import { readSync } from 'node:fs';
import type { RandomAccess } from '../logs/tail-first.ts';
import type { Clock } from '../model/clock.ts';
import { errorCode } from '../util/error-code.ts';

const PIPE_CHUNK_BYTES = 65_536;

/** How long a pipe may say nothing before it is taken to have ended. */
const SILENCE_MS = 2_000;
const ASK_EVERY_MS = 20;

/** A device such as /dev/zero has no end. */
const MOST_DEVICE_BYTES = 67_108_864;

/** Told when less than all was read. */
export type OnCut = (detail: string) => void;

/**
 * A file as it was when it was opened. All answers lie in one buffer: each is gone when the next is asked for. What is
 * written later is left out, and a file that became shorter meanwhile is told.
 */
export const fileAccess = (
  name: string,
  { descriptor, size, modifiedAt }: { descriptor: number; size: number; modifiedAt: number | null },
  onCut: OnCut,
): RandomAccess => {
  let buffer = Buffer.alloc(0);
  return {
    name,
    size,
    modifiedAt,
    read: (offset, length) => {
      if (buffer.length < length) buffer = Buffer.allocUnsafeSlow(length);
      const read = readSync(descriptor, buffer, 0, length, offset);
      if (read === 0 && offset < size) onCut('it became shorter while it was read');
      return buffer.subarray(0, read);
    },
  };
};

const readOnce = (descriptor: number, buffer: Buffer): number | 'nothing yet' => {
  try {
    return readSync(descriptor, buffer, 0, buffer.length, null);
  } catch (error) {
    if (errorCode(error) === 'EAGAIN') return 'nothing yet';
    throw error;
  }
};

/** Reads a pipe or a device until its end, its silence, or as much as any log may have. */
export const readPipe = async function* (descriptor: number, clock: Clock, onCut: OnCut): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(PIPE_CHUNK_BYTES);
  let lastAt = clock.now();
  for (let total = 0; total < MOST_DEVICE_BYTES;) {
    const length = readOnce(descriptor, buffer);
    if (length === 0 && total === 0) onCut('nobody writes to it');
    if (length === 0) return;
    if (length === 'nothing yet') {
      if (clock.now() - lastAt > SILENCE_MS) {
        onCut('nobody wrote to it for 2 s');
        return;
      }
      await clock.sleep(ASK_EVERY_MS);
      continue;
    }
    lastAt = clock.now();
    total += length;
    yield buffer.subarray(0, length);
  }
  onCut('it has no end: only its first 64 MiB were read');
};
