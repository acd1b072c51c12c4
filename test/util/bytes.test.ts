import { describe, expect, it } from 'vitest';
import { formatBytes } from '../../src/util/bytes.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1_023, '1023 B'],
    [1_024, '1 KB'],
    [1_536, '2 KB'],
    [222_298_112, '212 MB'],
    [1_073_741_824, '1.0 GB'],
    [1_610_612_736, '1.5 GB'],
    [10 * 1_073_741_824, '10 GB'],
    [1_099_511_627_776, '1.0 TB'],
    [5_000 * 1_099_511_627_776, '5000 TB'],
  ])('tells %i bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [1_048_575, '1 MB'],
    [1_073_741_823, '1.0 GB'],
  ])('rounds %i up into the next unit: %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
