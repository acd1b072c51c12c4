import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { rotatedName } from '../../logs/decode/rotated.ts';
import { errorCode, messageOf } from '../../util/error-code.ts';
import type { ReadAt } from './types.ts';

/** A log file, or what rotation made of an older one, open as it was at one moment. */
export interface Part {
  readonly path: string;
  readonly descriptor: number;
  readonly compressed: boolean;
  readonly inode: number;
  /** Bytes that count; what is written later does not. */
  readonly size: number;
  /** All bytes that it had when it was opened. */
  readonly fullSize: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** When its bytes, its name or its rights last changed; milliseconds since the epoch. */
  readonly changedAt: number;
  /** When the file was made, as far as its system knows; milliseconds since the epoch. */
  readonly bornAt: number;
  readonly read: ReadAt;
}

/** A part, or why there is none: a sentence's end, or `null` where there is no such file. */
export type OpenedPart = { readonly part: Part } | { readonly part: null; readonly why: string | null };

const REASONS: Readonly<Record<string, string | null>> = {
  ENOENT: null,
  ENOTDIR: null,
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ELOOP: 'its links lead in a circle',
  ENXIO: 'it is no file',
};

/** Reads any place of an open file. */
export const readerOf =
  (descriptor: number): ReadAt =>
  (offset, length) => {
    const buffer = Buffer.allocUnsafeSlow(length);
    let read = 0;
    while (read < length) {
      const more = readSync(descriptor, buffer, read, length - read, offset + read);
      if (more === 0) break;
      read += more;
    }
    return buffer.subarray(0, read);
  };

/** Opens without waiting: a pipe that nobody writes to would be waited for without end. */
export const openPart = (path: string): OpenedPart => {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const reason = REASONS[errorCode(error) ?? ''];
    return { part: null, why: reason === undefined ? messageOf(error) : reason };
  }
  const stat = fstatSync(descriptor);
  if (!stat.isFile()) {
    closeSync(descriptor);
    return { part: null, why: 'it is no file' };
  }
  const { ino: inode, size, mtimeMs: modifiedAt, ctimeMs: changedAt, birthtimeMs: bornAt } = stat;
  const compressed = /\.gz(?:ip)?$/i.test(path);
  const read = readerOf(descriptor);
  return { part: { path, descriptor, compressed, inode, size, fullSize: size, modifiedAt, changedAt, bornAt, read } };
};

/** Lets go of what was opened. */
export const closeParts = (parts: readonly Part[]): void => {
  for (const { descriptor } of parts) closeSync(descriptor);
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    // Who may not list the folder may still read the log itself.
    if (errorCode(error) === null) throw error;
    return [];
  }
};

/**
 * What rotation made of a log's older parts, the newest first: `app.log.1`, `app.log.2.gz`, `app-2026-11-22.log`. One
 * that is being compressed is there twice, and counts once.
 */
export const rotatedPaths = (path: string): readonly string[] => {
  const [folder, live] = [dirname(path), basename(path)];
  const ofAges = new Map<number, string>();
  for (const name of namesIn(folder).toSorted().toReversed()) {
    const { stream, age } = rotatedName(name);
    if (stream === live && name !== live) ofAges.set(age, join(folder, name));
  }
  return [...ofAges].toSorted(([a], [b]) => a - b).map(([, older]) => older);
};

/** Opens an older part, which may have been compressed since its name was read. */
export const openRotated = (path: string): OpenedPart => {
  const opened = openPart(path);
  return opened.part === null && opened.why === null ? openPart(`${path}.gz`) : opened;
};
