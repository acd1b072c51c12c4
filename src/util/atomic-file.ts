import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

const WRITE_BITS = 0o222;
const MODE_BITS = 0o7777;

/** A file that nobody may write to is so on purpose: replacing it would undo that, and root may write to anything. */
const refuseReadOnly = (file: string, { mode }: Stats): void => {
  accessSync(file, constants.W_OK);
  if ((mode & WRITE_BITS) === 0) throw Object.assign(new Error('the file is read-only'), { code: 'EACCES' });
};

const keepOwner = (descriptor: number, { uid, gid }: Stats): void => {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only root may give a file away; to anybody else it is theirs already, or their group's.
  }
};

const writeNext = (next: string, text: string, stats: Stats): void => {
  const descriptor = openSync(next, 'wx', stats.mode & MODE_BITS);
  try {
    writeFileSync(descriptor, text, 'utf8');
    keepOwner(descriptor, stats);
    fchmodSync(descriptor, stats.mode & MODE_BITS);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The name is on the disk only when its folder is. Some systems cannot do that, and then it is as good as it gets. */
const syncFolder = (folder: string): void => {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Windows opens no folders.
  }
};

/**
 * Replaces the text of a file that exists, so that it holds the old text or the new one and never half of it. The mode
 * stays; a link stays a link, and what it points to is replaced. Throws the system's error with nothing changed.
 */
export const replaceFile = (file: string, text: string): void => {
  const target = realpathSync(file);
  const stats = statSync(target);
  refuseReadOnly(target, stats);
  const next = join(dirname(target), `.${basename(target)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    writeNext(next, text, stats);
    renameSync(next, target);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
};
