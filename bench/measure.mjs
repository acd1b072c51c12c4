import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * bash's own `time` counts user and system time of the command and of every child it waited for, in milliseconds, and
 * needs nothing installed. The redirections stand inside, so that all commands write to the same kind of file.
 */
const TIMED = 'TIMEFORMAT="%3U %3S %3R"; { time "$@" >"$OUT" 2>"$ERR" </dev/null; } 2>"$TIMES"';

/**
 * One run of a command as a whole process.
 * @param {readonly string[]} argv
 * @param {{ env: NodeJS.ProcessEnv, cwd: string, scratch: string }} place
 * @returns {Promise<{ cpu: number, wall: number, exit: number | null, stdout: string }>} times in ms
 */
export async function timeRun(argv, { env, cwd, scratch }) {
  const files = { OUT: join(scratch, 'out'), ERR: join(scratch, 'err'), TIMES: join(scratch, 'times') };
  const child = spawn('bash', ['-c', TIMED, 'bash', ...argv], {
    cwd,
    env: { ...env, ...files, LC_ALL: 'C' },
    stdio: 'ignore',
  });
  const exit = await ended(child);
  const [user, system, real] = readFileSync(files.TIMES, 'utf8').trim().split(' ').map(Number);
  const ms = (seconds) => Math.round(seconds * 1000);
  return { cpu: ms(user + system), wall: ms(real), exit, stdout: readFileSync(files.OUT, 'utf8') };
}

/**
 * Peak RSS in kB of the largest process of the command's tree, which is also what `/usr/bin/time -v` reports. The kernel
 * keeps the high-water mark (VmHWM), so sampling can miss only growth in the last millisecond of a process. It is a run
 * of its own: the sampling must not weigh on a timed one.
 * @param {readonly string[]} argv
 * @param {{ env: NodeJS.ProcessEnv, cwd: string }} place
 */
export async function peakRss(argv, { env, cwd }) {
  const child = spawn(argv[0], argv.slice(1), { cwd, env, stdio: 'ignore' });
  const end = ended(child);
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    for (const pid of treeOf(child.pid)) peak = Math.max(peak, highWater(pid));
    await sleep(1);
  }
  await end;
  return peak;
}

/**
 * Resolves with the exit code when a child has ended.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number | null>}
 */
export function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

function treeOf(pid) {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean);
  return [pid, ...children.flatMap(treeOf)];
}

function highWater(pid) {
  return Number(/^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
