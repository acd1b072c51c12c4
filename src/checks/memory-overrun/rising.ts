import type { Point } from '../../util/statistics.ts';
import { largestFall, mannKendallZ, theilSenSlope } from '../../util/statistics.ts';

/** Megabytes over minutes: the units in which all numbers below are meant. */
const MOST_FLOORS = 30;
const SIGNIFICANT_Z = 2.33;
const LEAST_RATE = 0.5;
const LEAST_RATE_OF_A_THIRD = 0.25;
/** A third may be slower than the whole, yet growth that all lies in one or two of them is a step. */
const LEAST_SHARE_OF_A_THIRD = 0.3;
/** What warms up slows down: its second half is slower than its first. */
const LEAST_SHARE_OF_SECOND_HALF = 0.6;
/** What grew must be this many times what its floor ever gave back. */
const GAIN_OVER_FALL = 2;
/** A step lies between two floors; what grows evenly never gains so much of the whole at once. */
const MOST_SHARE_OF_ONE_RISE = 0.5;
/** Under this many minutes a floor of two minutes leaves too few points, and shorter ones are tried. */
const FLOOR_MINUTES = 2;
const FLOOR_COUNTS = [30, 18, 12, 9, 6] as const;

/** The lowest point of each of `count` equal stretches of time; a stretch without a sample has none. */
const floorsOf = (points: readonly Point[], count: number): readonly Point[] => {
  const start = points[0]?.x ?? 0;
  const span = (points.at(-1)?.x ?? 0) - start;
  const lowest: (number | undefined)[] = [];
  for (const { x, y } of points) {
    const stretch = Math.min(count - 1, Math.floor(((x - start) / span) * count));
    const before = lowest[stretch];
    if (before === undefined || y < before) lowest[stretch] = y;
  }
  // Each floor stands for its whole stretch: where in it the lowest sample lay is chance.
  return [...lowest].flatMap((y, stretch) =>
    y === undefined ? [] : [{ x: start + ((stretch + 0.5) * span) / count, y }],
  );
};

const slopesOfParts = (floors: readonly Point[], parts: number): readonly number[] =>
  Array.from({ length: parts }, (_, part) =>
    theilSenSlope(
      floors.slice(Math.floor((floors.length * part) / parts), Math.ceil((floors.length * (part + 1)) / parts)),
    ),
  );

const largestRise = (values: readonly number[]): number =>
  Math.max(...values.slice(1).map((value, index) => value - (values[index] ?? value)));

const rises = (floors: readonly Point[], rate: number): boolean => {
  const values = floors.map(({ y }) => y);
  const span = (floors.at(-1)?.x ?? 0) - (floors[0]?.x ?? 0);
  if (rate <= LEAST_RATE || mannKendallZ(values) <= SIGNIFICANT_Z) return false;
  if (rate * span < GAIN_OVER_FALL * largestFall(values)) return false;
  if (largestRise(values) > MOST_SHARE_OF_ONE_RISE * rate * span) return false;
  const leastOfThird = Math.max(LEAST_RATE_OF_A_THIRD, LEAST_SHARE_OF_A_THIRD * rate);
  if (slopesOfParts(floors, 3).some((slope) => slope <= leastOfThird)) return false;
  const [first = 0, second = 0] = slopesOfParts(floors, 2);
  return second >= LEAST_SHARE_OF_SECOND_HALF * first;
};

/** Spares what plainly does not rise the whole calculation: its last third comes down as far as its first. */
const endsHigher = (points: readonly Point[], span: number): boolean => {
  const [first, , last] = floorsOf(points, 3);
  return first !== undefined && last !== undefined && last.y - first.y > LEAST_RATE_OF_A_THIRD * span;
};

/**
 * The rate at which the floor of some points rises through all of their time, in units of y over x; `null` where it
 * does not, or does so in a part of the time only. Several lengths of floor are tried, since how often garbage is
 * collected is not known: a floor shorter than that shows the garbage, a longer one leaves fewer points.
 */
export const risingRate = (points: readonly Point[]): number | null => {
  const span = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  if (span <= 0 || !endsHigher(points, span)) return null;
  const counts = FLOOR_COUNTS.filter((count) => count * 2 <= points.length && count <= MOST_FLOORS);
  for (const count of counts) {
    const floors = floorsOf(points, count);
    const rate = theilSenSlope(floors);
    if (floors.length >= 6 && rises(floors, rate)) return rate;
  }
  return null;
};

/** The slope of the floor, whether or not it means anything. */
export const floorRate = (points: readonly Point[]): number => {
  const span = (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  const count = Math.max(2, Math.min(MOST_FLOORS, Math.floor(span / FLOOR_MINUTES), points.length));
  return span > 0 ? theilSenSlope(floorsOf(points, Math.max(count, Math.min(6, points.length)))) : 0;
};
