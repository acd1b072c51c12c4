import { readSync, writeSync } from 'node:fs';

/** Writes all of it, at a place or at the end. */
export const writeAt = (descriptor: number, bytes: Buffer, position: number | null): void => {
  let written = 0;
  while (written < bytes.length) {
    const at = position === null ? null : position + written;
    written += writeSync(descriptor, bytes, written, bytes.length - written, at);
  }
};

/** Appends all of it. */
export const append = (descriptor: number, bytes: Buffer): void => writeAt(descriptor, bytes, null);

/** Reads a range; fewer bytes where the file has no more. */
export const readRange = (descriptor: number, from: number, to: number): Buffer => {
  const buffer = Buffer.allocUnsafeSlow(Math.max(0, to - from));
  let read = 0;
  while (read < buffer.length) {
    const more = readSync(descriptor, buffer, read, buffer.length - read, from + read);
    if (more === 0) break;
    read += more;
  }
  return buffer.subarray(0, read);
};

/** Fits into the cache of a processor, which makes copying as cheap as the kernel's own. */
const PIECE_BYTES = 131_072;
const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);

/** Appends a range of one file to another. Gives where it stopped, which is before `to` when the file ends there. */
export const copyRange = (source: number, target: number, from: number, to: number): number => {
  let at = from;
  while (at < to) {
    const read = readSync(source, piece, 0, Math.min(PIECE_BYTES, to - at), at);
    if (read === 0) break;
    append(target, piece.subarray(0, read));
    at += read;
  }
  return at;
};

const NEWLINE = 0x0a;
const LONGEST_TAIL = 65_536;

/**
 * The beginning of a line with which the first `size` bytes of a file end; empty when they end with a newline. A line of
 * which so much is there already is taken as it is.
 */
export const unfinishedLine = (descriptor: number, size: number): Buffer => {
  // Nearly always the last bytes tell.
  for (const reach of [512, LONGEST_TAIL]) {
    const end = readRange(descriptor, Math.max(0, size - reach), size);
    const newline = end.lastIndexOf(NEWLINE);
    if (newline !== -1) return Buffer.from(end.subarray(newline + 1));
    if (end.length < reach) return Buffer.from(end);
  }
  return Buffer.alloc(0);
};
