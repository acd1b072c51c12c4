import type { IndexEntry } from './types.ts';

/** A stretch of a log between two moments at which its length is known. */
export interface TimeSpan {
  /** Milliseconds since the epoch; minus infinity where nothing is known. */
  readonly low: number;
  readonly high: number;
  /** Is `high` when its lines were written, and not only the last time that they can have been? */
  readonly measured: boolean;
}

/** The span in which the line at a place was written. The same object for places of the same span. */
export type SpanOf = (offset: number) => TimeSpan;

/** A part of a log, as far as its times are concerned. */
export interface Dated {
  readonly inode: number;
  readonly compressed: boolean;
  readonly fullSize: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

type Run = readonly IndexEntry[];

/** A file that was emptied or replaced begins a new run. */
const runsOf = (index: readonly IndexEntry[]): readonly Run[] => {
  const runs: IndexEntry[][] = [];
  for (const entry of index) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last?.inode === entry.inode && entry.offset >= last.offset) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
};

/** A run that is longer than its file is that of a file that was emptied since. */
const fits = (run: Run | undefined, { compressed, fullSize }: Dated): boolean =>
  run !== undefined && (compressed || (run.at(-1)?.offset ?? 0) <= fullSize);

const hasInode = (run: Run | undefined, { inode }: Dated): boolean => run?.[0]?.inode === inode;

/**
 * The run of each part, 0 being the age of the live one. A part that was renamed keeps its inode. Runs of copies are found
 * by counting, from the live one's run where that was begun already.
 */
const runFinder = (runs: readonly Run[], live: Dated | null): ((part: Dated, age: number) => Run) => {
  const last = runs.at(-1);
  const isLast = live !== null && hasInode(last, live) && fits(last, live);
  return (part, age) => {
    if (age === 0) return isLast ? (last ?? []) : [];
    const counted = runs.at(isLast ? -1 - age : -age);
    const found = runs.findLast((run) => hasInode(run, part)) ?? counted;
    return fits(found, part) ? (found ?? []) : [];
  };
};

const firstAfter = (run: Run, offset: number): number => {
  let [low, high] = [0, run.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((run[middle]?.offset ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Whoever notes the length may do so long after the last line was written. */
const spansOf = (run: Run, { modifiedAt }: Dated): SpanOf => {
  const measured = run.length > 0;
  const highs = [...run.map(({ at }) => Math.min(at, modifiedAt)), modifiedAt];
  const spans = highs.map((high, place) => ({ low: highs[place - 1] ?? Number.NEGATIVE_INFINITY, high, measured }));
  const last = { low: highs.at(-2) ?? Number.NEGATIVE_INFINITY, high: modifiedAt, measured };
  return (offset) => spans[firstAfter(run, offset)] ?? last;
};

/** Tells for each part of a log when its lines were written; `age` counts the parts, 0 being the live one. */
export const timeSpans = (index: readonly IndexEntry[], live: Dated | null): ((part: Dated, age: number) => SpanOf) => {
  const runOf = runFinder(runsOf(index), live);
  return (part, age) => spansOf(runOf(part, age), part);
};
