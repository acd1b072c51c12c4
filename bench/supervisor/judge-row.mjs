import { median, medianOfRounds } from '../statistics.mjs';

const SUMMARIES = {
  median,
  max: (values) => (values.length === 0 ? undefined : Math.max(...values)),
  mean: (values) => (values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length),
};

const isKnown = (value) => typeof value === 'number' && !Number.isNaN(value);

/** JSON has no `undefined`: what did not come to be within its time arrives as `null`. */
const summary = (values, combine) => {
  if (values === undefined || values.length === 0) return undefined;
  return values.every(isKnown) ? SUMMARIES[combine](values) : Infinity;
};

/** Median over the rounds of a quotient taken within each round; of the two medians where they had no rounds together. */
function quotient(own, other, combine) {
  if (!own?.length || !other?.length) return undefined;
  const [a, b] = [summary(own, combine), summary(other, combine)];
  if (a === Infinity || b === Infinity || b === 0) return undefined;
  return own.length === other.length && combine === 'median' ? medianOfRounds([own, other], (x, y) => x / y) : a / b;
}

function judge(limit, { own, pm2, floor, ofPm2, ofFloor }) {
  if (limit === null || own === undefined) return undefined;
  if (limit.of === 'own') return own <= limit.most;
  if ('over' in limit) return floor === undefined ? undefined : own - floor <= limit.over;
  if (limit.of === 'pm2' && pm2 === Infinity) return own !== Infinity;
  const ratio = limit.of === 'pm2' ? ofPm2 : ofFloor;
  return ratio === undefined ? undefined : ratio <= limit.most;
}

/**
 * Everything the page tells of one measurement.
 * @param {{ what: string, unit: string, own?: number[], pm2?: number[], floor?: number[], combine?: keyof typeof SUMMARIES,
 *   limit: null | { of: 'pm2' | 'floor' | 'own', most?: number, over?: number } }} row
 * `holds` is undefined where there is no limit, or who it compares with was not measured.
 */
export function judgeRow({ combine = 'median', ...row }) {
  const [own, pm2, floor] = [row.own, row.pm2, row.floor].map((values) => summary(values, combine));
  const ofPm2 = quotient(row.own, row.pm2, combine);
  const ofFloor = quotient(row.own, row.floor, combine);
  const figures = { own, pm2, floor, ofPm2, ofFloor };
  return { what: row.what, unit: row.unit, limit: row.limit, ...figures, holds: judge(row.limit, figures) };
}
