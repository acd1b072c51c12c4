import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const TICK_MS = 10;

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A process may end between two looks.
    return '';
  }
}

const entries = (path) => {
  try {
    return readdirSync(path);
  } catch {
    // The same.
    return [];
  }
};

/** The processes whose command line has this text. */
export function pidsOf(text) {
  return entries('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').includes(text))
    .map(Number);
}

/** Is there a process of this number that has not ended? */
export function isAlive(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== '' && !/\) [ZX]/.test(stat);
}

function ticksOf(pid) {
  const [user, system] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return user + system;
}

/**
 * What a process has used of the processor so far. The scheduler counts each thread in nanoseconds, but forgets those that
 * ended; the ticks forget none, and are 10 ms long. So both are kept, and `cpuSince` takes the finer one where it is whole.
 */
function usageOf(pid) {
  const threads = entries(`/proc/${pid}/task`);
  const ms = threads.map((thread) => Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e6);
  return { pid, threads, fine: ms.reduce((a, b) => a + b, 0), coarse: ticksOf(pid) * TICK_MS };
}

/** What these processes have used so far, to be handed to `cpuSince`. */
export const cpuNow = (pids) => pids.map(usageOf);

/** CPU in ms that processes used since `before`. Those that are new since count from their birth. */
export function cpuSince(before, pids = before.map(({ pid }) => pid)) {
  const used = cpuNow(pids).map((now) => {
    const then = before.find(({ pid }) => pid === now.pid);
    if (then === undefined) return now.fine;
    return then.threads.every((thread) => now.threads.includes(thread))
      ? now.fine - then.fine
      : now.coarse - then.coarse;
  });
  return used.reduce((a, b) => a + b, 0);
}

/** Memory of processes in MB: resident, the proportional part of it, and what is theirs alone. */
export function memoryOf(pids) {
  const total = { rss: 0, pss: 0, own: 0 };
  for (const pid of pids) {
    const text = read(`/proc/${pid}/smaps_rollup`);
    const field = (name) => (Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * 1024) / 1e6;
    total.rss += field('Rss');
    total.pss += field('Pss');
    total.own += field('Private_Clean') + field('Private_Dirty');
  }
  return total;
}

/**
 * Waits until something is so, and answers whether it came to be.
 * @param {() => unknown} test
 */
export async function until(test, { ms = 30_000, poll = 10 } = {}) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (await test()) return true;
    await sleep(poll);
  }
  return false;
}

/** The lines of a file; none where there is no file. */
export const linesOf = (file) => read(file).split('\n').filter(Boolean);
