import type { CheckContext } from '../../model/check.ts';
import type { MemoryFacts, MemorySample, TreeMemory } from '../../model/dev-tree.ts';
import type { MemoryTrend, Severity } from '../../model/finding.ts';
import { samplesOf } from '../../programs/samples-of.ts';
import { treeBytes } from '../../programs/tree-bytes.ts';
import { isNear, limitsOf, type Limit } from './limits.ts';
import { serviceOf } from './match-service.ts';
import { trendOf } from './trend-of.ts';

/** A tree with all that is said about it. */
export interface Judged {
  readonly memory: TreeMemory;
  readonly treeBytes: number;
  /** The limit that is used most, and for a tree that grows the one that is reached first. */
  readonly limit: Limit;
  readonly trend: MemoryTrend | null;
  /** `null` where there is nothing to complain of. */
  readonly severity: Severity | null;
  readonly service: string | null;
}

const seriesOf = (memory: TreeMemory, bytes: number, facts: MemoryFacts, now: number): readonly MemorySample[] => [
  ...samplesOf(memory.tree.root, facts.series).filter(({ at }) => at < now),
  { at: now, bytes },
];

const minutesTo = ({ limitBytes, usedBytes }: Limit, bytesPerMinute: number): number =>
  Math.max(0, limitBytes - usedBytes) / bytesPerMinute;

const severityOf = (limit: Limit, grows: boolean): Severity | null => {
  if (limit.usedBytes > limit.limitBytes && limit.exact) return 'error';
  return isNear(limit) || grows ? 'warning' : null;
};

const judge = (memory: TreeMemory, facts: MemoryFacts, context: CheckContext): readonly Judged[] => {
  const bytes = treeBytes(memory.members);
  const trend = trendOf(seriesOf(memory, bytes, facts, context.now));
  const grows = trend !== null && trend.verdict !== 'steady';
  const limits = limitsOf(memory, facts, context);
  const left = ({ limitBytes, usedBytes }: Limit): number => limitBytes - usedBytes;
  const near = limits[0];
  const first = limits.toSorted((a, b) => left(a) - left(b))[0];
  if (near === undefined || first === undefined) return [];
  const passed = severityOf(near, false);
  const limit = grows && passed === null ? first : near;
  const minutesToLimit = grows ? Math.round(minutesTo(limit, trend.bytesPerMinute)) : null;
  return [
    {
      memory,
      treeBytes: bytes,
      limit,
      trend: trend === null ? null : { ...trend, minutes: Math.round(trend.minutes * 10) / 10, minutesToLimit },
      severity: severityOf(limit, grows),
      service: serviceOf(memory, context)?.name ?? null,
    },
  ];
};

const isOld = ({ tree }: TreeMemory, { now, minAgeMs }: CheckContext): boolean => now - tree.root.startedAt >= minAgeMs;

/** Judges every tree that a closer look was taken at, the largest first. */
export const judgeMemory = (facts: MemoryFacts, context: CheckContext): readonly Judged[] =>
  facts.trees
    .filter((memory) => memory.members.length > 0 && isOld(memory, context))
    .flatMap((memory) => judge(memory, facts, context))
    .toSorted((a, b) => b.treeBytes - a.treeBytes);
