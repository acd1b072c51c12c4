import type { ServiceSample } from '../../model/service.ts';

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A measurement is not repeated for longer than this many columns' worth of silence. */
const PATIENCE_MS = 6_000;

/** Which columns of time a chart shows. */
export interface Span {
  readonly now: number;
  readonly stepMs: number;
  readonly columns: number;
}

const valueAt = (
  samples: readonly ServiceSample[],
  valueOf: (sample: ServiceSample) => number,
  from: number,
  to: number,
): number | null => {
  let latest: ServiceSample | null = null;
  let highest: number | null = null;
  for (const sample of samples) {
    if (sample.at > to) continue;
    if (sample.at > from) highest = Math.max(highest ?? 0, valueOf(sample));
    if (latest === null || sample.at > latest.at) latest = sample;
  }
  if (highest !== null) return highest;
  return latest !== null && to - latest.at <= PATIENCE_MS ? valueOf(latest) : null;
};

/**
 * The highest value of each column of time, the newest at the end; `null` where nothing was measured. The columns end at whole
 * steps, so that a chart moves by columns and does not flicker.
 */
export const columnsOf = (
  samples: readonly ServiceSample[],
  valueOf: (sample: ServiceSample) => number,
  { now, stepMs, columns }: Span,
): readonly (number | null)[] => {
  const end = Math.ceil(now / stepMs) * stepMs;
  const from = end - columns * stepMs - PATIENCE_MS;
  const recent = samples.filter(({ at }) => at > from);
  return Array.from({ length: columns }, (_, index) => {
    const to = end - (columns - 1 - index) * stepMs;
    return valueAt(recent, valueOf, to - stepMs, Math.min(to, now));
  });
};

/**
 * A chart of several rows, the top one first. A value fills eighths of its column up to `top`; what was measured is never blank,
 * so that idle looks different from not running.
 */
export const chart = (values: readonly (number | null)[], top: number, height: number): readonly string[] => {
  const eighths = values.map((value) => {
    if (value === null) return 0;
    const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
    return Math.max(1, Math.round(share * height * LEVELS.length));
  });
  return Array.from({ length: height }, (_, row) => {
    const under = (height - 1 - row) * LEVELS.length;
    return eighths.map((filled) => LEVELS[Math.min(LEVELS.length, filled - under) - 1] ?? ' ').join('');
  });
};

/** Highest of what was measured; 0 of nothing. */
export const peakOf = (values: readonly (number | null)[]): number => Math.max(0, ...values.map((value) => value ?? 0));
