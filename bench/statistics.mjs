/**
 * The middle value; `undefined` for an empty list, so that "not measured" never looks like 0.
 * @param {readonly number[]} values
 */
export function median(values) {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Median over the rounds of a number computed inside each round. Pairing within a round keeps the drift of a busy
 * machine out of the comparison.
 * @param {readonly (readonly (number | undefined)[])[]} columns one list per command, aligned by round
 * @param {(...values: number[]) => number} combine
 */
export function medianOfRounds(columns, combine) {
  const rounds = columns[0].map((_, round) => columns.map((column) => column[round]));
  const whole = rounds.filter((values) => values.every((value) => value !== undefined));
  return median(whole.map((values) => combine(...values)));
}
