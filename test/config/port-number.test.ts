import { describe, expect, it } from 'vitest';
import { toPort } from '../../src/config/port-number.ts';

describe('toPort', () => {
  it.each([
    [1, 1],
    [3000, 3000],
    [65_535, 65_535],
    ['3000', 3000],
    ['080', 80],
  ])('reads %j as %i', (value, port) => {
    expect(toPort(value)).toBe(port);
  });

  it.each([
    0,
    -1,
    65_536,
    99_999,
    3000.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    ' 3000',
    '3000\n',
    '+3000',
    '3e3',
    '0x10',
    '٣٠٠٠',
    '123456',
    '/run/app.sock',
    null,
    undefined,
    true,
    [3000],
    { port: 3000 },
  ])('reads no port in %j', (value) => {
    expect(toPort(value)).toBeNull();
  });
});
