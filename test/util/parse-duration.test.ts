import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/util/parse-duration.ts';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['2m', 120_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
    ['0s', 0],
    ['0.5s', 500],
    ['1.4ms', 1],
    ['007s', 7_000],
  ])('reads %s as %i ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '10',
    's',
    '-1s',
    '+1s',
    '1 s',
    ' 1s',
    '1s ',
    '1.s',
    '.5s',
    '1,5s',
    '1e3s',
    '1w',
    '10S',
    '1h30m',
    '1s\n',
    'Infinitys',
    '99999999999999d',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
