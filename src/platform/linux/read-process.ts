import { readFileSync, readdirSync } from 'node:fs';
import type { ProcessInfo } from '../../model/process.ts';
import { lazy } from '../../util/lazy.ts';
import { describeProcess, readCommand } from './describe-process.ts';
import { parseStat, type StatFields } from './parse-stat.ts';
import { procFiles, type ProcFiles } from './proc-files.ts';

/** The kernel tells time to user space in this unit on every platform Node runs on. */
export const TICK_MS = 10;

/** Reads single processes from a /proc tree. */
export interface ProcessReader {
  readonly pids: () => readonly number[];
  readonly stat: (pid: number) => StatFields | null;
  readonly startedAt: (fields: StatFields) => number;
  readonly describe: (pid: number) => ProcessInfo | null;
  readonly command: (pid: number) => readonly string[];
  readonly userName: (uid: number) => string | null;
  /** Descendants from the kernel's own lists, without a pass over all processes; `null` where it keeps none. */
  readonly listedDescendants: (pid: number) => readonly number[] | null;
}

/** Milliseconds since the epoch at which the kernel started counting ticks. */
const readBootTime = (proc: string): number =>
  Number(/^btime (\d+)$/m.exec(readFileSync(`${proc}/stat`, 'latin1'))?.[1] ?? 0) * 1000;

/** Of several names for one user the first counts, as for the system; lines of other sources name nobody. */
const parseUsers = (text: string): ReadonlyMap<number, string> => {
  const users = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name = '', , uid = ''] = line.split(':');
    if (/^\d+$/.test(uid) && !users.has(Number(uid))) users.set(Number(uid), name);
  }
  return users;
};

const listedChildren = (files: ProcFiles, pid: number): readonly number[] | null => {
  const lists = (files.list(`${pid}/task`) ?? []).map((task) => files.text(`${pid}/task/${task}/children`));
  if (lists.includes(null)) return null;
  return lists.flatMap((list) => (list ?? '').split(' ').filter(Boolean).map(Number));
};

const listedBelow = (files: ProcFiles, pid: number): readonly number[] | null => {
  const children = listedChildren(files, pid);
  const deeper = children?.map((child) => listedBelow(files, child));
  if (children === null || deeper === undefined || deeper.includes(null)) return null;
  return [...children, ...deeper.flatMap((list) => list ?? [])];
};

/** Reads processes below `proc`; `etc` has the file that names the users. */
export const createProcessReader = (proc: string, etc: string = '/etc'): ProcessReader => {
  const files = procFiles(proc);
  const bootTime = lazy(() => readBootTime(proc));
  const users = lazy(() => parseUsers(procFiles(etc).text('passwd') ?? ''));
  const userName = (uid: number): string | null => users().get(uid) ?? null;
  const startedAt = ({ startTicks }: StatFields): number => bootTime() + startTicks * TICK_MS;
  const stat = (pid: number): StatFields | null => {
    const text = files.text(`${pid}/stat`);
    return text === null ? null : parseStat(text);
  };
  return {
    stat,
    startedAt,
    userName,
    command: (pid) => readCommand(files, pid),
    describe: (pid) => {
      const fields = stat(pid);
      return fields === null ? null : describeProcess(files, fields, startedAt(fields), userName);
    },
    pids: () =>
      readdirSync(proc)
        .filter((name) => /^\d+$/.test(name))
        .map(Number),
    listedDescendants: (pid) => listedBelow(files, pid),
  };
};
