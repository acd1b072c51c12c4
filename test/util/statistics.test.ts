import { describe, expect, test } from 'vitest';
import { fallsOf, largestFall, mannKendallZ, median, theilSenSlope } from '../../src/util/statistics.ts';

const line = (values: readonly number[]) => values.map((y, x) => ({ x, y }));

describe('median', () => {
  test.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[-5, 100, 7, 8, 9], 8],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));
  test('of none is no number', () => expect(median([])).toBeNaN());
});

describe('the slope by Theil and Sen', () => {
  test.each([
    ['a line', [1, 3, 5, 7], 2],
    ['a line with one wild point', [1, 3, 500, 7, 9, 11, 13], 2],
    ['a falling line', [9, 6, 3], -3],
    ['nothing', [], 0],
    ['one point', [4], 0],
  ])('of %s', (_, values, expected) => expect(theilSenSlope(line(values))).toBe(expected));
  test('passes over points at one place', () => {
    expect(
      theilSenSlope([
        { x: 0, y: 0 },
        { x: 0, y: 8 },
        { x: 2, y: 4 },
      ]),
    ).toBe(0);
  });
});

describe('the z of Mann and Kendall', () => {
  // By hand: six values in order have S = 15 and a variance of 6 * 5 * 17 / 18 = 28.33.
  test.each([
    ['in order', [1, 2, 3, 4, 5, 6], 14 / Math.sqrt(85 / 3)],
    ['in reverse', [6, 5, 4, 3, 2, 1], -14 / Math.sqrt(85 / 3)],
    ['all equal', [2, 2, 2, 2], 0],
    ['without order', [1, 2, 2, 1], 0],
    // S = 5, one pair of equals takes 18 from the 156 over 18.
    ['with equals', [1, 2, 2, 3], 4 / Math.sqrt((4 * 3 * 13 - 18) / 18)],
  ])('%s', (_, values, expected) => expect(mannKendallZ(values)).toBeCloseTo(expected, 10));
});

describe('falls', () => {
  test('the largest counts from the highest value before it', () => {
    expect(largestFall([1, 9, 7, 8, 2, 5])).toBe(7);
    expect(largestFall([1, 2, 3])).toBe(0);
    expect(largestFall([])).toBe(0);
  });

  test('are told with the place of their bottom, small ones left out', () => {
    expect(fallsOf(line([0, 50, 5, 55, 50, 58, 8]), 10)).toEqual([
      { x: 2, size: 45 },
      { x: 6, size: 50 },
    ]);
    expect(fallsOf(line([0, 5, 0, 5]), 10)).toEqual([]);
  });
});
