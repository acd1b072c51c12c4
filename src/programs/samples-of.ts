import type { MemorySample, MemorySeries } from '../model/dev-tree.ts';
import type { ProcessRef } from '../model/process.ts';

/** Some systems tell start times to the second; a pid is not given again to a process that started that close by. */
const SAME_START_MS = 1_500;

/** Were both told of one process, by whatever tells start times here? */
export const startedTogether = (a: ProcessRef, b: ProcessRef): boolean =>
  a.pid === b.pid && Math.abs(a.startedAt - b.startedAt) <= SAME_START_MS;

/** The samples that were kept of a dev tree, by its root. */
export const samplesOf = (root: ProcessRef, series: readonly MemorySeries[]): readonly MemorySample[] =>
  series.find((one) => startedTogether(one, root))?.samples ?? [];
