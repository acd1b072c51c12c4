import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  mkdirSync,
  openSync,
  statSync,
  type Stats,
} from 'node:fs';
import { dirname } from 'node:path';
import { DevdoctorError } from '../../../../model/error.ts';
import { errorCode, messageOf } from '../../../../util/error-code.ts';
import type { Owner } from './log-file.ts';

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = constants;
const PRIVATE = 0o600;
const OTHERS_MAY_WRITE = 0o022;
const ANY_MODE = 0o777;

/** Without users there are no others. */
const ownUid = (): number => process.getuid?.() ?? 0;

/** May somebody else put files into this folder? */
const isShared = (folder: string): boolean => {
  const { uid, mode } = statSync(folder);
  return process.getuid !== undefined && (uid !== ownUid() || (mode & OTHERS_MAY_WRITE) !== 0);
};

/** In a folder of others, nothing is created through a link that they made, and what is there is not followed. */
const openShared = (path: string, flags: number): number => {
  try {
    return openSync(path, flags | O_CREAT | O_EXCL, PRIVATE);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return openSync(path, flags | O_NOFOLLOW);
  }
};

const faultOf = (path: string, stat: Stats, shared: boolean, { uid }: Owner): string | null => {
  if (!stat.isFile() && path !== '/dev/null') return 'it is no file';
  if (!shared) return null;
  if (stat.nlink > 1) return 'it has a second name, and others may write to its folder';
  if (stat.uid !== ownUid() && stat.uid !== uid) return 'it belongs to somebody else';
  return null;
};

const makePrivate = (descriptor: number, stat: Stats, { uid, gid }: Owner): void => {
  if (!stat.isFile()) return;
  const own = ownUid();
  if (own === 0 && uid !== null && stat.uid !== uid) fchownSync(descriptor, uid, gid ?? stat.gid);
  if ((stat.mode & ANY_MODE) !== PRIVATE && (own === 0 || own === stat.uid)) fchmodSync(descriptor, PRIVATE);
};

const open = (path: string, access: number, owner: Owner): number => {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const shared = isShared(folder);
  // A pipe that nobody reads would be waited for without end.
  const flags = access | O_APPEND | O_NONBLOCK;
  const descriptor = shared ? openShared(path, flags) : openSync(path, flags | O_CREAT, PRIVATE);
  try {
    const stat = fstatSync(descriptor);
    const fault = faultOf(path, stat, shared, owner);
    if (fault !== null) throw new Error(fault);
    makePrivate(descriptor, stat, owner);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
};

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link, and others may write to its folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'its disk is full',
  EROFS: 'its disk is read-only',
  ENXIO: 'it is no file',
  ENAMETOOLONG: 'its name is too long',
};

/** Why a file could not be used, in words that end a sentence. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof DevdoctorError) return error.message;
  const code = errorCode(error);
  const reason = REASONS[code ?? ''];
  return reason === undefined || code === null ? messageOf(error) : `${reason} (${code})`;
};

/**
 * Opens a log for appending, and creates it and its folders where they are missing, for this user alone. `access` is
 * O_WRONLY or O_RDWR. In a folder to which others may write, links and files of others are refused.
 */
export const openLog = (path: string, access: number, owner: Owner): number => {
  try {
    return open(path, access, owner);
  } catch (error) {
    throw new DevdoctorError(
      'environment',
      `cannot write the log ${path}: ${reasonOf(error)}`,
      'set out_file and error_file to files that can be written',
      error,
    );
  }
};
