import type { TrackSummary } from './lives/track-state.ts';

type Counts = Readonly<Record<string, number>>;

/** All that is counted of one service, at one moment. */
export interface TrackCounts {
  readonly track: Counts;
  readonly errors: Counts;
  readonly successors: Counts;
  readonly starts: ReadonlyMap<string, Counts>;
}

/** Lives that were passed over: each would have added what one added that was read. */
export interface LivesPassed {
  readonly from: TrackCounts;
  readonly to: TrackCounts;
  readonly lives: number;
}

export const NOTHING_PASSED: TrackCounts = { track: {}, errors: {}, successors: {}, starts: new Map() };

const TRACK: readonly ('lines' | 'ordinaryLines' | 'deaths')[] = ['lines', 'ordinaryLines', 'deaths'];
/** Numbers of a way to recognise starts that no further life adds to. */
const NO_COUNTS = new Set(['instances', 'firstAt', 'lastAt', 'firstOffset']);

const countsIn = (value: object): Counts =>
  Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && !NO_COUNTS.has(entry[0]),
    ),
  );

const trackCounts = (summary: TrackSummary): Counts => Object.fromEntries(TRACK.map((key) => [key, summary[key]]));

/** A copy of the counts: those of a summary go on counting. */
export const countsOf = (summary: TrackSummary): TrackCounts => ({
  track: trackCounts(summary),
  errors: countsIn(summary.errors),
  successors: countsIn(summary.successors),
  starts: new Map(summary.starts.map((count) => [count.kind, countsIn(count)])),
});

const grown = (counts: Counts | undefined, from: Counts | undefined, to: Counts, lives: number): Counts =>
  Object.fromEntries(
    Object.entries(to).map(([key, value]) => [key, (counts?.[key] ?? 0) + (value - (from?.[key] ?? 0)) * lives]),
  );

/** Adds some lives to those that were passed over before. */
export const passMore = (passed: TrackCounts, { from, to, lives }: LivesPassed): TrackCounts => {
  const starts = [...to.starts].map(
    ([kind, counts]) => [kind, grown(passed.starts.get(kind), from.starts.get(kind), counts, lives)] as const,
  );
  return {
    track: grown(passed.track, from.track, to.track, lives),
    errors: grown(passed.errors, from.errors, to.errors, lives),
    successors: grown(passed.successors, from.successors, to.successors, lives),
    starts: new Map([...passed.starts, ...starts]),
  };
};

/** The same, with what is to be added to its numbers. */
const plus = <T extends object>(value: T, more: Counts): T => {
  const sums = Object.entries(countsIn(value)).map(([key, count]) => [key, count + (more[key] ?? 0)] as const);
  return { ...value, ...Object.fromEntries(sums) };
};

/** What was read, and what was passed over. */
export const withLivesPassed = (summary: TrackSummary, passed: TrackCounts): TrackSummary => ({
  ...plus(summary, passed.track),
  errors: plus(summary.errors, passed.errors),
  successors: plus(summary.successors, passed.successors),
  starts: summary.starts.map((count) => plus(count, passed.starts.get(count.kind) ?? {})),
});
