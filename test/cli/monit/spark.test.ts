import { describe, expect, test } from 'vitest';
import { chart, columnsOf, peakOf } from '../../../src/cli/monit/spark.ts';
import type { ServiceSample } from '../../../src/model/service.ts';

describe('a chart', () => {
  test.each<readonly [string, readonly (number | null)[], number, number, readonly string[]]>([
    ['fills eighths up to the top', [0, 1, 2, 3, 4, 5, 6, 7, 8], 8, 1, ['▁▁▂▃▄▅▆▇█']],
    ['leaves out what was not measured, and shows idle', [null, 0, null, 0], 10, 1, [' ▁ ▁']],
    ['cuts what is above the top', [20, 10, 5], 10, 1, ['██▄']],
    ['shows idle where the top is 0', [0, 0], 0, 1, ['▁▁']],
    ['stacks rows, the top one first', [16, 12, 8, 4, 1], 16, 2, ['█▄   ', '███▄▁']],
    ['takes a negative value for idle', [-5], 10, 1, ['▁']],
    ['has no columns for no values', [], 10, 2, ['', '']],
  ])('%s', (_, values, top, height, expected) => {
    expect(chart(values, top, height)).toEqual(expected);
  });
});

const cpu = ({ cpuPercent }: ServiceSample): number => cpuPercent;
const at = (...values: readonly (readonly [at: number, cpu: number])[]): ServiceSample[] =>
  values.map(([at, cpuPercent]) => ({ at, cpuPercent, memoryBytes: 0 }));

describe('columns of time', () => {
  test.each<readonly [string, readonly ServiceSample[], number, number, number, readonly (number | null)[]]>([
    ['one for each step', at([92_000, 1], [94_000, 2], [96_000, 3]), 96_000, 2_000, 3, [1, 2, 3]],
    ['the highest of a step', at([91_000, 9], [99_000, 2], [100_000, 3]), 100_000, 10_000, 1, [9]],
    ['no gap where a sample came late', at([94_000, 1], [98_100, 3]), 100_000, 2_000, 4, [1, 1, 1, 3]],
    ['a gap where nothing ran', at([80_000, 1], [100_000, 3]), 100_000, 2_000, 4, [null, null, null, 3]],
    ['nothing after it stopped', at([80_000, 1]), 100_000, 2_000, 3, [null, null, null]],
    ['nothing at all', [], 100_000, 2_000, 2, [null, null]],
    ['out of order', at([100_000, 3], [98_000, 2]), 100_000, 2_000, 2, [2, 3]],
    ['nothing from the future', at([100_500, 7]), 100_000, 2_000, 1, [null]],
  ])('%s', (_, samples, now, stepMs, columns, expected) => {
    expect(columnsOf(samples, cpu, { now, stepMs, columns })).toEqual(expected);
  });

  test('stand still until the next step', () => {
    const samples = at([96_000, 1], [98_000, 5], [99_900, 2]);
    const seen = [98_100, 98_900, 99_900].map((now) => columnsOf(samples, cpu, { now, stepMs: 2_000, columns: 3 }));
    expect(seen).toEqual([
      [1, 5, 5],
      [1, 5, 5],
      [1, 5, 2],
    ]);
  });
});

test('the peak is the highest that was measured', () => {
  expect(peakOf([null, 3, 7, null])).toBe(7);
  expect(peakOf([null])).toBe(0);
  expect(peakOf([])).toBe(0);
});
