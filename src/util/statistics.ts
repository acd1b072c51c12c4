/** A value at an instant or a place. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middle of some numbers, between the two middle ones of an even count; `NaN` of none. */
export const median = (values: readonly number[]): number => {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/**
 * Slope of a line through points, as the median of the slopes of all pairs (Theil 1950, Sen 1968): a third of the
 * points may be anything without moving it far. 0 for fewer than two points with different `x`.
 */
export const theilSenSlope = (points: readonly Point[]): number => {
  const slopes: number[] = [];
  for (const [index, from] of points.entries()) {
    for (let next = index + 1; next < points.length; next += 1) {
      const to = points[next];
      if (to !== undefined && to.x !== from.x) slopes.push((to.y - from.y) / (to.x - from.x));
    }
  }
  return slopes.length === 0 ? 0 : median(slopes);
};

/** Each group of equal values takes away from how far the sum of signs can stray. */
const tieCorrection = (values: readonly number[]): number => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count * (count - 1) * (2 * count + 5), 0);
};

/**
 * How significantly values rise in their order, as the z of the Mann-Kendall test: positive for rising, and above 2.33
 * in one of a hundred series without any order.
 */
export const mannKendallZ = (values: readonly number[]): number => {
  const count = values.length;
  let sum = 0;
  for (const [index, from] of values.entries()) {
    for (let next = index + 1; next < count; next += 1) sum += Math.sign((values[next] ?? from) - from);
  }
  const variance = (count * (count - 1) * (2 * count + 5) - tieCorrection(values)) / 18;
  return variance <= 0 || sum === 0 ? 0 : (sum - Math.sign(sum)) / Math.sqrt(variance);
};

/** How far values ever come down from what they had reached before. */
export const largestFall = (values: readonly number[]): number => {
  let highest = Number.NEGATIVE_INFINITY;
  let largest = 0;
  for (const value of values) {
    highest = Math.max(highest, value);
    largest = Math.max(largest, highest - value);
  }
  return largest;
};

/** One way down, from a top to a bottom, between two rises of at least a given size. */
export interface Fall {
  /** Where the bottom is. */
  readonly x: number;
  readonly size: number;
}

/** All ways down of at least `least`; the last may still go on. */
export const fallsOf = (points: readonly Point[], least: number): readonly Fall[] => {
  const falls: Fall[] = [];
  let top = Number.NEGATIVE_INFINITY;
  let bottom: Point | null = null;
  for (const point of points) {
    if (bottom !== null && point.y < bottom.y) bottom = point;
    else if (bottom !== null && point.y >= bottom.y + least) {
      falls.push({ x: bottom.x, size: top - bottom.y });
      bottom = null;
      top = point.y;
    } else if (bottom === null && point.y <= top - least) bottom = point;
    else if (bottom === null) top = Math.max(top, point.y);
  }
  return bottom === null ? falls : [...falls, { x: bottom.x, size: top - bottom.y }];
};
