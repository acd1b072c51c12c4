import { describe, expect, it } from 'vitest';
import { parseBytes } from '../../src/util/parse-bytes.ts';

describe('parseBytes', () => {
  it.each([
    ['300M', 314_572_800],
    ['1.5G', 1_610_612_736],
    ['800K', 819_200],
    ['800k', 819_200],
    ['4096', 4096],
    [4096, 4096],
    ['0.5K', 512],
  ])('reads %j', (value, bytes) => {
    expect(parseBytes(value)).toBe(bytes);
  });

  it.each([
    '',
    '0',
    0,
    -1,
    '-1M',
    '1.M',
    '.5G',
    '300MB',
    '300 M',
    'M',
    '1e3',
    Number.NaN,
    1e30,
    '99999999999G',
    null,
    [],
    true,
  ])('takes %j for no size', (value) => {
    expect(parseBytes(value)).toBeNull();
  });
});
