import { describe, expect, it } from 'vitest';
import { plural } from '../../src/util/plural.ts';

describe('plural', () => {
  it.each([
    [0, 'port', undefined, '0 ports'],
    [1, 'port', undefined, '1 port'],
    [2, 'port', undefined, '2 ports'],
    [1, 'process', 'processes', '1 process'],
    [2, 'process', 'processes', '2 processes'],
  ])('of %i %s (%s) is %s', (count, one, many, text) => {
    expect(plural(count, one, many)).toBe(text);
  });
});
