import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';
import { errorCode, messageOf } from '../util/error-code.ts';

/** A log that can be read, or why it cannot. */
export type OpenedLog =
  | {
      readonly ok: true;
      readonly descriptor: number;
      /** A file that can be read at any place; `false` for a pipe or a device. */
      readonly seekable: boolean;
      readonly size: number;
      /** Milliseconds since the epoch; `null` for what is no file. */
      readonly modifiedAt: number | null;
    }
  | { readonly ok: false; readonly detail: string };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder, not a file',
  ENXIO: 'it is a socket, not a file',
  ELOOP: 'its links lead in a circle',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its name is too long',
};

const refused = (error: unknown): OpenedLog => ({
  ok: false,
  detail: REASONS[errorCode(error) ?? ''] ?? messageOf(error),
});

const looked = (descriptor: number): OpenedLog => {
  const stat = fstatSync(descriptor);
  if (stat.isDirectory()) return { ok: false, detail: 'it is a folder, not a file' };
  if (stat.isBlockDevice()) return { ok: false, detail: 'it is a disk, not a file' };
  if (isatty(descriptor)) return { ok: false, detail: 'it is a terminal, not a file' };
  if (stat.isFile() && stat.size === 0) return { ok: false, detail: 'it is empty' };
  const seekable = stat.isFile();
  return { ok: true, descriptor, seekable, size: seekable ? stat.size : 0, modifiedAt: seekable ? stat.mtimeMs : null };
};

/** Opens a log without waiting: a pipe that nobody writes to would be waited for without end. */
export const openLog = (path: string): OpenedLog => {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return refused(error);
  }
  let opened: OpenedLog;
  try {
    opened = looked(descriptor);
  } catch (error) {
    opened = refused(error);
  }
  if (!opened.ok) closeSync(descriptor);
  return opened;
};
