import { closeSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';

/** Errors that say "this process ended" or "this is not yours to read", and nothing about us. */
const EXPECTED = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL']);

/** Reads files that the kernel hands out in one piece, as it does those of a process. */
export interface FileReader {
  /** `null` for what ended or is protected. What it answers lasts until the next call. */
  readonly bytes: (path: string) => Buffer | null;
  readonly text: (path: string) => string | null;
}

const FIRST_BYTES = 16_384;

/**
 * Makes a reader with one buffer for all, which grows with the longest file. It takes half the time of `readFileSync`,
 * which asks first for a size that /proc does not tell: 1.2 ms instead of 2.2 for 140 processes.
 */
export const createFileReader = (): FileReader => {
  let buffer = Buffer.allocUnsafe(FIRST_BYTES);
  const fill = (descriptor: number): number => {
    let length = 0;
    for (;;) {
      length += readSync(descriptor, buffer, length, buffer.length - length, null);
      if (length < buffer.length) return length;
      buffer = Buffer.concat([buffer], 2 * length);
    }
  };
  const bytes = (path: string): Buffer | null => {
    let descriptor: number | null = null;
    try {
      descriptor = openSync(path, 'r');
      const length = fill(descriptor);
      return buffer.subarray(0, length);
    } catch (error) {
      if (EXPECTED.has(errorCode(error) ?? '')) return null;
      throw error;
    } finally {
      if (descriptor !== null) closeSync(descriptor);
    }
  };
  return { bytes, text: (path) => bytes(path)?.toString('utf8') ?? null };
};
