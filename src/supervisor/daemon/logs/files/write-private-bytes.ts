import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Replaces a file at once by bytes that only this user may read. It need not survive a failure of power. */
export const writePrivateBytes = (path: string, bytes: Buffer | string): void => {
  const next = `${path}.next`;
  try {
    writeFileSync(next, bytes, { mode: 0o600 });
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
};
