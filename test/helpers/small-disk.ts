import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { errorCode } from '../../src/util/error-code.ts';

/** A disk that another file can fill. */
export interface SmallDisk {
  readonly fill: () => void;
  readonly free: () => void;
}

const mount = (folder: string, size: string): string | null => {
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'small', folder]);
  return status === 0 ? null : (error?.message ?? String(stderr).trim());
};

/** With open files on it, too. */
const unmount = (folder: string): void => void spawnSync('umount', ['-l', folder]);

const findTrouble = (): string | null => {
  if (process.getuid?.() !== 0) return 'only root may mount a small disk';
  const folder = mkdtempSync(join(tmpdir(), 'devdoctor-disk-'));
  const trouble = mount(folder, '64k');
  if (trouble === null) unmount(folder);
  rmdirSync(folder);
  return trouble;
};

/** Why there is no small disk here; `null` when there is. */
export const smallDiskTrouble: string | null = findTrouble();

const PIECES = [65_536, 4_096] as const;

const fillUp = (file: string): void => {
  for (const size of PIECES) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(size));
    } catch (error) {
      if (errorCode(error) !== 'ENOSPC') throw error;
    }
  }
};

/** Mounts a disk of this size at a folder, which is made; it is gone when the test is over. */
export const smallDisk = (folder: string, size: string): SmallDisk => {
  mkdirSync(folder, { recursive: true });
  const trouble = mount(folder, size);
  if (trouble !== null) throw new Error(trouble);
  onTestFinished(() => unmount(folder));
  const file = join(folder, 'ballast');
  return {
    fill: () => {
      writeFileSync(file, '');
      fillUp(file);
    },
    free: () => rmSync(file),
  };
};
