import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '7.0.4';
const LONGEST_MS = 180_000;

/**
 * Installs PM2 into a folder, for this run of the bench only: its licence, the AGPL, makes it no dependency of ours. npm may
 * need what the measured programs are not given, such as the certificates of a proxy.
 * @param {string} folder
 * @returns {{ bin: string, reason: null } | { bin: null, reason: string }}
 */
export function installPm2(folder) {
  const flags = ['--no-save', '--no-audit', '--no-fund', '--prefix', folder];
  const said = spawnSync('npm', ['install', `pm2@${VERSION}`, ...flags], {
    cwd: folder,
    encoding: 'utf8',
    timeout: LONGEST_MS,
  });
  const bin = join(folder, 'node_modules', 'pm2', 'bin', 'pm2');
  if (said.status === 0 && existsSync(bin)) return { bin, reason: null };
  return { bin: null, reason: said.error?.message ?? said.stderr.trim().split('\n').slice(0, 3).join(' ') };
}
