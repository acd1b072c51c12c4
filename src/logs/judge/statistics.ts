/** The middle of the values; null when there are none. */
export const median = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
};

/**
 * Standard deviation by mean: 0 for a clock, about 1 for chance. What rounding to a `step` adds to the differences of
 * two times is taken off: a sixth of its square.
 */
export const variation = (values: readonly number[], step = 0): number | null => {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (mean <= 0) return null;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(Math.max(0, squares - step ** 2 / 6)) / mean;
};
