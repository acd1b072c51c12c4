import { closeSync, constants, fchmodSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { append } from '../files/read-write.ts';

/** A private file of lines, to which whole lines are appended, or nothing. */
export interface AppendFile {
  /** The whole lines that it had when it was opened. */
  readonly text: string;
  readonly size: () => number;
  /** Throws the system's error with nothing appended. */
  readonly append: (lines: string) => void;
  /** Puts other lines in place of all, at once. Throws the system's error with the old ones in place. */
  readonly replace: (lines: string) => void;
  readonly close: () => void;
}

const NEWLINE = 0x0a;

const openPrivate = (path: string): number => {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  fchmodSync(descriptor, 0o600);
  return descriptor;
};

const writeNext = (path: string, bytes: Buffer): number => {
  const next = `${path}.next`;
  rmSync(next, { force: true });
  const descriptor = openPrivate(next);
  try {
    append(descriptor, bytes);
    renameSync(next, path);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    rmSync(next, { force: true });
    throw error;
  }
};

/** Opens such a file, or makes one. */
export const openAppendFile = (path: string): AppendFile => {
  let descriptor = openPrivate(path);
  const bytes = readFileSync(descriptor);
  // A line that was not written whole must not be grown together with the next one.
  let size = bytes.lastIndexOf(NEWLINE) + 1;
  ftruncateSync(descriptor, size);
  return {
    text: bytes.toString('utf8', 0, size),
    size: () => size,
    append: (lines) => {
      const more = Buffer.from(lines);
      try {
        append(descriptor, more);
      } catch (error) {
        ftruncateSync(descriptor, size);
        throw error;
      }
      size += more.length;
    },
    replace: (lines) => {
      const all = Buffer.from(lines);
      const next = writeNext(path, all);
      closeSync(descriptor);
      [descriptor, size] = [next, all.length];
    },
    close: () => closeSync(descriptor),
  };
};
