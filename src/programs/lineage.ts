import type { ProcessInfo } from '../model/process.ts';

/** Processes by pid. */
export type ProcessTable = ReadonlyMap<number, ProcessInfo>;

/** What is needed of a process to know its kin: a full description has it, and a quick look. */
type Kin = Pick<ProcessInfo, 'pid' | 'parentPid'>;

/** Indexes processes by pid. */
export const tableOf = <T extends Kin>(processes: readonly T[]): ReadonlyMap<number, T> =>
  new Map(processes.map((process) => [process.pid, process]));

/** The parent, as far as the table knows it. */
export const parentOf = <T extends Kin>(process: T, table: ReadonlyMap<number, T>): T | null =>
  table.get(process.parentPid) ?? null;

/** All known ancestors, nearest first. */
export const ancestorsOf = <T extends Kin>(process: T, table: ReadonlyMap<number, T>): readonly T[] => {
  const ancestors: T[] = [];
  for (let at = parentOf(process, table); at !== null && !ancestors.includes(at); at = parentOf(at, table))
    ancestors.push(at);
  return ancestors;
};

/** The pids of a process and all its known ancestors: for this command, what nobody may end. */
export const lineOf = (pid: number, table: ReadonlyMap<number, Kin>): ReadonlySet<number> => {
  const process = table.get(pid);
  return new Set([pid, ...(process === undefined ? [] : ancestorsOf(process, table)).map((ancestor) => ancestor.pid)]);
};

/** All known descendants and the process itself, leaf first. */
export const treeBelow = (root: ProcessInfo, table: ProcessTable): readonly ProcessInfo[] => {
  const depth = (process: ProcessInfo): number => {
    const path = [process, ...ancestorsOf(process, table)];
    return path.findIndex(({ pid }) => pid === root.pid);
  };
  return [...table.values()]
    .map((process) => ({ process, depth: depth(process) }))
    .filter((entry) => entry.depth >= 0)
    .sort((a, b) => b.depth - a.depth || b.process.pid - a.process.pid)
    .map(({ process }) => process);
};

/**
 * Is the leader of the session gone? A leader outlives what it started unless that was left behind. The table must
 * hold the living leaders of its processes' sessions.
 */
export const outlivedSession = (
  { pid, sessionId }: Pick<ProcessInfo, 'pid' | 'sessionId'>,
  table: ReadonlyMap<number, Pick<ProcessInfo, 'state'>>,
): boolean => {
  if (sessionId === null || sessionId <= 1 || sessionId === pid) return false;
  // A dead leader that its parent has not noticed yet leads nothing any more.
  return (table.get(sessionId)?.state ?? 'zombie') === 'zombie';
};
