import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';

const PRIVATE = 0o600;

const writeTo = (path: string, text: string, sync: boolean): void => {
  const descriptor = openSync(path, 'wx', PRIVATE);
  try {
    fchmodSync(descriptor, PRIVATE);
    writeFileSync(descriptor, text, 'utf8');
    if (sync) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** A name is on the disk only when its folder is. */
export const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Puts a file that only this user may read in place at once: whoever reads it finds the old text or the new one.
 * `before` runs when the new text is safe beside the old. Throws the system's error with the old text in place.
 */
export const writePrivate = (path: string, text: string, sync: boolean, before: () => void = () => {}): void => {
  const next = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeTo(next, text, sync);
    before();
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
  if (sync) syncFolder(dirname(path));
};
