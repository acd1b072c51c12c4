import type { MemorySample } from '../../model/dev-tree.ts';
import type { MemoryVerdict } from '../../model/finding.ts';
import { fallsOf, type Point } from '../../util/statistics.ts';
import { floorRate, risingRate } from './rising.ts';

const MEGABYTE = 1024 ** 2;
const MINUTE = 60_000;

/** Growth over less time than this is one tooth of garbage as likely as anything else. */
const SHORTEST_MINUTES = 5;
/** Growth over less time than this is never called a leak: a cache that fills or a slow start looks the same. */
const LEAK_MINUTES = 60;
/** A slow wave of load rises for an hour or two, but not evenly through both windows. */
const LONG_MINUTES = 120;
const WINDOWS_MINUTES = [5, 7, 10, 15, 20, 30, 45, LEAK_MINUTES, 90, LONG_MINUTES] as const;
/** One fall within this time is taken for garbage that was collected; older ones only if they recur. */
const RECENT_MINUTES = 30;
const LEAST_FALL = 8;
/** Garbage that a server may pile up unseen while no collection was seen yet. */
const UNSEEN_TOOTH = 32;
const UNSEEN_TOOTH_MINUTES = 20;
/** What rises this far above the height of a tooth is no tooth. */
const ABOVE_A_TOOTH = 1.25;
/** With this many teeth in it, a window shows what lies under them. */
const ENOUGH_TEETH = 3;
/** What grew by less than this is not worth a word. */
const LEAST_GAIN = 20;

/** How memory went over a series. */
export interface Trend {
  readonly bytesPerMinute: number;
  readonly verdict: MemoryVerdict;
  /** Length of the series in minutes. */
  readonly minutes: number;
}

const spanOf = (points: readonly Point[]): number => (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);

const lastOf = (points: readonly Point[], minutes: number): readonly Point[] => {
  const end = points.at(-1)?.x ?? 0;
  return points.filter(({ x }) => x >= end - minutes);
};

/** The height of a tooth of garbage in this series, as far as it was seen. */
const toothOf = (points: readonly Point[]): number => {
  const falls = fallsOf(points, LEAST_FALL);
  const end = points.at(-1)?.x ?? 0;
  const recent = falls.filter(({ x }) => x >= end - RECENT_MINUTES).map(({ size }) => size);
  const recurring = falls.map(({ size }) => size).toSorted((a, b) => b - a)[1] ?? 0;
  return Math.max(0, recurring, ...recent);
};

/** Where few teeth lie in the window, the rise may be one that has not broken off yet. */
const mayBeOneTooth = (points: readonly Point[], gain: number, tooth: number): boolean => {
  const height = Math.max(tooth, spanOf(points) < UNSEEN_TOOTH_MINUTES ? UNSEEN_TOOTH : 0);
  if (gain >= ABOVE_A_TOOTH * height) return false;
  return fallsOf(points, Math.max(LEAST_FALL, height / 2)).length < ENOUGH_TEETH;
};

const growthIn = (points: readonly Point[], tooth: number): number | null => {
  const rate = risingRate(points);
  const gain = (rate ?? 0) * spanOf(points);
  return gain < LEAST_GAIN || mayBeOneTooth(points, gain, tooth) ? null : rate;
};

/** A little less is taken for the whole: the first sample of a window is never exactly at its start. */
const covers = (points: readonly Point[], minutes: number): boolean => spanOf(points) >= minutes * 0.98;

const isLeak = (points: readonly Point[], tooth: number): boolean =>
  spanOf(points) >= LEAK_MINUTES &&
  growthIn(lastOf(points, LEAK_MINUTES), tooth) !== null &&
  growthIn(lastOf(points, LONG_MINUTES), tooth) !== null;

/**
 * Judges a series of samples, oldest first; `null` when there are too few for any word. Garbage that comes and goes, a
 * start that slows down and a single step are steady. Growth is called a leak only when it went on evenly for an hour.
 * Nothing but the samples is used, so it serves wherever a series is kept.
 */
export const trendOf = (samples: readonly MemorySample[]): Trend | null => {
  const start = samples[0]?.at ?? 0;
  const points = samples.map(({ at, bytes }) => ({ x: (at - start) / MINUTE, y: bytes / MEGABYTE }));
  const minutes = spanOf(points);
  if (points.length < 3 || minutes <= 0) return null;
  const tooth = toothOf(points);
  const rates = [...WINDOWS_MINUTES, Math.max(SHORTEST_MINUTES, minutes)].flatMap((length) => {
    const window = lastOf(points, length);
    return covers(points, length) && covers(window, length) ? (growthIn(window, tooth) ?? []) : [];
  });
  // Of all windows that grow the longest tells the rate best.
  const rate = rates.at(-1);
  if (rate === undefined)
    return { bytesPerMinute: Math.round(floorRate(points) * MEGABYTE), verdict: 'steady', minutes };
  return { bytesPerMinute: Math.round(rate * MEGABYTE), verdict: isLeak(points, tooth) ? 'leak' : 'growing', minutes };
};
