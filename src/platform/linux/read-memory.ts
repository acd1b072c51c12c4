import type { GroupLimit, ProcessMemory } from '../../model/process.ts';
import {
  foldersUpward,
  parseLimit,
  parseMemoryGroup,
  parseMemoryHierarchies,
  parseReclaimable,
  type MemoryHierarchy,
} from './parse-group-memory.ts';
import { parsePss, parseStatm } from './parse-memory.ts';
import type { ProcFiles } from './proc-files.ts';
import type { ProcessReader } from './read-process.ts';

const nodeOptions = (environ: string | null): string | null =>
  environ
    ?.split('\0')
    .find((entry) => entry.startsWith('NODE_OPTIONS='))
    ?.slice('NODE_OPTIONS='.length) ?? null;

/** What the memory of one process is made of; `null` when it ended. Its share is told only to those who may trace it. */
export const readMemory = (files: ProcFiles, reader: ProcessReader, pid: number): ProcessMemory | null => {
  const fields = reader.stat(pid);
  const resident = parseStatm(files.text(`${pid}/statm`) ?? '');
  if (fields === null || resident === null) return null;
  return {
    pid,
    startedAt: reader.startedAt(fields),
    ...resident,
    pssBytes: parsePss(files.text(`${pid}/smaps_rollup`) ?? ''),
    nodeOptions: nodeOptions(files.text(`${pid}/environ`)),
  };
};

const NAMES = {
  1: { limit: 'memory.limit_in_bytes', used: 'memory.usage_in_bytes' },
  2: { limit: 'memory.max', used: 'memory.current' },
} as const;

/** Of nested groups the tightest counts; of two equal ones the inner. */
const limitIn = (system: ProcFiles, hierarchy: MemoryHierarchy, group: string, machine: number): GroupLimit | null => {
  const { limit, used } = NAMES[hierarchy.version];
  let tightest: { readonly folder: string; readonly limitBytes: number } | null = null;
  for (const folder of foldersUpward(group, hierarchy.root)) {
    const limitBytes = parseLimit(system.text(`${hierarchy.mountPoint}${folder}/${limit}`) ?? '', machine);
    if (limitBytes !== null && (tightest === null || limitBytes < tightest.limitBytes))
      tightest = { folder, limitBytes };
  }
  if (tightest === null) return null;
  const { folder, limitBytes } = tightest;
  const usedText = system.text(`${hierarchy.mountPoint}${folder}/${used}`);
  const reclaimable = parseReclaimable(system.text(`${hierarchy.mountPoint}${folder}/memory.stat`) ?? '');
  return {
    group: folder === '' ? '/' : folder,
    limitBytes,
    usedBytes: usedText === null ? null : Math.max(0, Number(usedText) - reclaimable),
  };
};

const tightestOf = (
  hierarchies: readonly MemoryHierarchy[],
  system: ProcFiles,
  groups: string,
  machineBytes: number,
): GroupLimit | null => {
  const limits = hierarchies.flatMap((hierarchy) => {
    const group = parseMemoryGroup(groups, hierarchy.version);
    return group === null ? [] : (limitIn(system, hierarchy, group, machineBytes) ?? []);
  });
  return limits.toSorted((a, b) => a.limitBytes - b.limitBytes)[0] ?? null;
};

/**
 * The tightest memory limit of the control groups around each process; those without one are left out. `system` reads
 * from the root of the machine. Most processes share a group, so each group is read once.
 */
export const readGroupLimits = (
  proc: ProcFiles,
  system: ProcFiles,
  pids: readonly number[],
  machineBytes: number,
): ReadonlyMap<number, GroupLimit> => {
  const hierarchies = parseMemoryHierarchies(proc.text('self/mountinfo') ?? '');
  const known = new Map<string, GroupLimit | null>();
  const limits = new Map<number, GroupLimit>();
  for (const pid of pids) {
    const groups = proc.text(`${pid}/cgroup`);
    if (groups === null) continue;
    const limit = known.has(groups)
      ? (known.get(groups) ?? null)
      : tightestOf(hierarchies, system, groups, machineBytes);
    known.set(groups, limit);
    if (limit !== null) limits.set(pid, limit);
  }
  return limits;
};
