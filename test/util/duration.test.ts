import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../src/util/duration.ts';

describe('formatDuration', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [68_400_000, '19 h'],
    [86_399_999, '23 h'],
    [86_400_000, '1 d'],
    [31_536_000_000, '365 d'],
  ])('tells %i ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
