import { closeSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';

/** Errors that say "this process ended" or "this is not yours to read", and nothing about us. */
const EXPECTED = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL']);

/** Reads files that the kernel hands out in one piece, as it does those of a process. */
export interface FileReader {
  /** `null` for what ended or is protected. What it answers lasts until the next call. */
  readonly bytes: (path: string) => Buffer | null;
  readonly text: (path: string) => string | null;
  /** A descriptor to read a file by again and again. The caller closes it. */
  readonly open: (path: string) => number | null;
  /** The same as `bytes`, of a file that is open. */
  readonly again: (descriptor: number) => Buffer | null;
}

/** `null` when it failed because of the process that was asked about. */
const expected = <T>(act: () => T): T | null => {
  try {
    return act();
  } catch (error) {
    if (EXPECTED.has(errorCode(error) ?? '')) return null;
    throw error;
  }
};

const FIRST_BYTES = 16_384;

/**
 * Makes a reader with one buffer for all, which grows with the longest file. It takes half the time of `readFileSync`,
 * which asks first for a size that /proc does not tell: 1.2 ms instead of 2.2 for 140 processes.
 */
export const createFileReader = (): FileReader => {
  let buffer = Buffer.allocUnsafe(FIRST_BYTES);
  const fill = (descriptor: number): Buffer => {
    let length = 0;
    for (;;) {
      length += readSync(descriptor, buffer, length, buffer.length - length, length);
      if (length < buffer.length) return buffer.subarray(0, length);
      buffer = Buffer.concat([buffer], 2 * length);
    }
  };
  const open = (path: string): number | null => expected(() => openSync(path, 'r'));
  const again = (descriptor: number): Buffer | null => expected(() => fill(descriptor));
  const bytes = (path: string): Buffer | null => {
    const descriptor = open(path);
    if (descriptor === null) return null;
    try {
      return again(descriptor);
    } finally {
      closeSync(descriptor);
    }
  };
  return { bytes, text: (path) => bytes(path)?.toString('utf8') ?? null, open, again };
};
