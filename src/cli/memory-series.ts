import type { MemoryFacts, MemorySample, MemorySeries, TreeMemory } from '../model/dev-tree.ts';
import { refOf } from '../model/process.ts';
import { samplesOf } from '../programs/samples-of.ts';
import { treeBytes } from '../programs/tree-bytes.ts';

const MINUTE = 60_000;

/** How long samples are kept, and the time for which the lowest alone is kept, from the newest on. */
const KEPT: readonly { readonly upToMs: number; readonly everyMs: number }[] = [
  { upToMs: 15 * MINUTE, everyMs: 1_000 },
  { upToMs: 60 * MINUTE, everyMs: 10_000 },
  { upToMs: 240 * MINUTE, everyMs: 30_000 },
];

/** More dev servers than anybody has; of more, the largest. */
const MOST_SERIES = 200;

/** Of old samples the lowest of each stretch of time stays: it is what was in use when the garbage was gone. */
const thinned = (samples: readonly MemorySample[], now: number): readonly MemorySample[] => {
  const kept: MemorySample[] = [];
  let stretch = Number.NaN;
  for (const sample of samples) {
    const everyMs = KEPT.find(({ upToMs }) => now - sample.at <= upToMs)?.everyMs;
    if (everyMs === undefined) continue;
    const own = Math.floor(sample.at / everyMs) * everyMs;
    const before = own === stretch ? kept.at(-1) : undefined;
    stretch = own;
    if (before === undefined) kept.push(sample);
    else if (sample.bytes < before.bytes) kept[kept.length - 1] = sample;
  }
  return kept;
};

const latest = ({ samples }: MemorySeries): number => samples.at(-1)?.bytes ?? 0;

const continued = (memory: TreeMemory, before: readonly MemorySeries[], at: number): MemorySeries => {
  const { root } = memory.tree;
  const samples = samplesOf(root, before);
  // Without a closer look there is nothing to add: resident bytes are another measure.
  const added = memory.members.length === 0 ? [] : [{ at, bytes: treeBytes(memory.members) }];
  return { ...refOf(root), samples: thinned([...samples, ...added], at) };
};

/**
 * Adds one look to the series of all dev trees, and forgets those that ended. A tree without samples has a series too,
 * so that the next look knows it is watched.
 */
export const continueSeries = (
  { trees, series }: Pick<MemoryFacts, 'trees' | 'series'>,
  at: number,
): readonly MemorySeries[] =>
  trees
    .map((memory) => continued(memory, series, at))
    .toSorted((a, b) => latest(b) - latest(a))
    .slice(0, MOST_SERIES);
