import { freemem, totalmem } from 'node:os';
import type { DevTree, MemoryFacts, MemorySeries, TreeMemory } from '../model/dev-tree.ts';
import type { Platform } from '../model/platform.ts';
import type { GroupLimit, ProcessInfo, ProcessMemory } from '../model/process.ts';
import { read, type Reading } from '../model/snapshot.ts';

/** What a look costs is worth it from this share of the tightest limit on; resident bytes of a tree only overstate. */
const WITHIN_REACH = 0.5;

/** Assumed where no limit is told: nobody limits a dev server to less. */
const LEAST_LIMIT = 256 * 1024 ** 2;

/** Some systems tell start times to the second. */
const SAME_START_MS = 1_500;

const residentBytes = ({ members }: DevTree): number =>
  members.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0);

/** What a tree uses is used by its largest members; a thousand small ones would cost more than they could tell. */
const MOST_MEMBERS = 64;

const largestOf = ({ members }: DevTree): readonly number[] =>
  members
    .toSorted((a, b) => (b.memoryBytes ?? 0) - (a.memoryBytes ?? 0))
    .slice(0, MOST_MEMBERS)
    .map(({ pid }) => pid);

const byPid = <T extends { readonly pid: number }>(all: readonly T[]): ReadonlyMap<number, T> =>
  new Map(all.map((one) => [one.pid, one]));

const lookAtOne = (
  tree: DevTree,
  memory: ReadonlyMap<number, ProcessMemory>,
  roots: ReadonlyMap<number, ProcessInfo>,
  groups: ReadonlyMap<number, GroupLimit>,
): TreeMemory => {
  const cwd = roots.get(tree.root.pid)?.cwd ?? null;
  return {
    tree,
    cwd: cwd === null || cwd.deleted ? null : cwd.path,
    members: tree.members.flatMap(({ pid, startedAt }) => {
      const found = memory.get(pid);
      // A pid that was given to another process since is no member.
      return found !== undefined && Math.abs(found.startedAt - startedAt) <= SAME_START_MS ? [found] : [];
    }),
    group: groups.get(tree.root.pid) ?? null,
  };
};

/**
 * Reads what dev trees use and may use. Sharing is expensive to read, so it is read only of trees within reach of the
 * tightest limit that is known, and of all of them when a series is kept. `leastLimitBytes` is the smallest limit the
 * project sets; `null` where it sets none.
 */
export const readMemoryFacts = async (
  trees: readonly DevTree[],
  { inspect }: Platform,
  series: readonly MemorySeries[],
  leastLimitBytes: number | null = null,
): Promise<Reading<MemoryFacts>> => {
  const groups = await inspect.groupLimits(trees.map(({ root }) => root.pid));
  if (!groups.ok) return groups;
  const near = trees.filter((tree) => {
    const group = groups.value.get(tree.root.pid)?.limitBytes ?? Number.POSITIVE_INFINITY;
    const least = Math.min(LEAST_LIMIT, leastLimitBytes ?? LEAST_LIMIT, group);
    return series.length > 0 || residentBytes(tree) >= WITHIN_REACH * least;
  });
  const memory = await inspect.memory(near.flatMap(largestOf));
  if (!memory.ok) return memory;
  const roots = near.length === 0 ? read([], '') : await inspect.lineage(near.map(({ root }) => root.pid));
  if (!roots.ok) return roots;
  const [membersByPid, rootsByPid] = [byPid(memory.value), byPid(roots.value)];
  const machine = { totalBytes: totalmem(), availableBytes: freemem() };
  const looked = trees.map((tree) => lookAtOne(tree, membersByPid, rootsByPid, groups.value));
  return read({ trees: looked, machine, series }, `${memory.source}, ${groups.source}`);
};
