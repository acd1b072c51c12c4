import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { readClaim, readExit } from '../../../src/supervisor/state/run-files.ts';
import { skipWhen } from '../../platform/skip-when.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { BOOT, SHELLS, SHIM } from './shim-runs.ts';

/** Covers /proc for this one program, as a system without one has it. */
const WITHOUT_PROC = [
  '--mount',
  '--propagation',
  'private',
  'sh',
  '-c',
  'mount -t tmpfs none /proc && exec "$@"',
  'sh',
];

const canHide =
  spawnSync('unshare', [...WITHOUT_PROC, 'test', '!', '-e', '/proc/self'], { stdio: 'ignore' }).status === 0;

beforeEach((context) => skipWhen(context, !canHide, 'this user cannot hide /proc from a program'));

const run = (shell: readonly string[], ...command: readonly string[]): { base: string; out: string; shim: number } => {
  const base = join(makeTempDir(), '3-1');
  const { stdout, pid } = spawnSync('unshare', [...WITHOUT_PROC, ...shell, SHIM, base, BOOT, ...command], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', a: 'b' },
  });
  return { base, out: stdout, shim: pid };
};

it.each(SHELLS)('a service on a system without /proc is recorded, its birth left to be found out: %s', (_, shell) => {
  const { base, out, shim } = run(shell, '/bin/sh', '-c', 'echo "$$ $a"; exit 7');
  const [pid, a] = out.trim().split(' ');
  expect(a).toBe('b');
  expect(readClaim(base)).toEqual({
    isClaimed: true,
    shim: { pid: shim, born: Number.NaN, boot: BOOT },
    main: { pid: Number(pid), born: Number.NaN, boot: BOOT },
  });
  expect(readExit(base)).toMatchObject({ code: 7, signal: null });
});

it.each(SHELLS)('a service on a system without /proc that is killed is told from one that exits so: %s', (_, shell) => {
  expect(readExit(run(shell, '/bin/sh', '-c', 'kill -KILL $$').base)).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(readExit(run(shell, '/bin/sh', '-c', 'exit 137').base)).toMatchObject({ code: 137, signal: null });
});
