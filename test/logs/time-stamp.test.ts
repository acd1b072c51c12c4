import { describe, expect, it } from 'vitest';
import { clockOrder } from '../../src/logs/time/clock-order.ts';
import { readTimeStamp } from '../../src/logs/time/time-stamp.ts';

const YEAR = 2026;
const NOON = Date.UTC(2026, 10, 22, 22, 4, 5);

const bodyOf = (line: string): string | null => {
  const stamp = readTimeStamp(line, YEAR);
  return stamp === null ? null : line.slice(0, stamp.start) + line.slice(stamp.end);
};

describe('readTimeStamp', () => {
  it.each([
    ['2026-11-22T22:04:05.000Z INFO up', NOON, 'INFO up'],
    ['2026-11-22T22:04:05: PM2 log: App', NOON, 'PM2 log: App'],
    ['2026-11-22 22:04:05 +00:00:     at x', NOON, '    at x'],
    ['2026-11-22 22:04:05: chat worker', NOON, 'chat worker'],
    ['2026-11-23T05:04:05+0700 text', NOON, 'text'],
    ['2026-11-22 17:04:05 -05:00: text', NOON, 'text'],
    ['[2026-11-22 22:04:05 +0000] [17] text', NOON, '[17] text'],
    ['2026/11/22 22:04:05 goapi starting', NOON, 'goapi starting'],
    ['22/11/2569 22:04:05 กำลังเริ่ม', NOON, 'กำลังเริ่ม'],
    ['22.11.2026 22:04:05 text', NOON, 'text'],
    ['11/22/2026, 10:04:05 PM text', NOON, 'text'],
    ['11/22/2026, 10:04:05 p.m. text', NOON, 'text'],
    ['02/03/2026 00:00:00 text', Date.UTC(2026, 2, 2), 'text'],
    ['Nov 22 22:04:05 vm node[1]: text', NOON, 'vm node[1]: text'],
    ['Nov  2 22:04:05.250 vm', Date.UTC(2026, 10, 2, 22, 4, 5, 250), 'vm'],
    ['[22/Nov/2026:22:04:05 +0000] GET', NOON, 'GET'],
    ['Sun Nov 22 2026 22:04:05 GMT+0000 text', NOON, 'text'],
    ['Sun Nov 22 22:04:05 UTC 2026 text', NOON, 'text'],
    ['I1122 22:04:05.000000 1 main.go] text', NOON, '1 main.go] text'],
    [`${NOON} text`, NOON, 'text'],
    [`${NOON / 1000}.5 text`, NOON + 500, 'text'],
    ['INFO 2026-11-22 22:04:05 text', NOON, 'text'],
    ['[sync] 2026-11-22T22:04:05.000Z starting', NOON, '[sync] starting'],
  ])('reads %j', (line, at, body) => {
    expect(readTimeStamp(line, YEAR)).toMatchObject({ at, dated: true });
    expect(bodyOf(line)).toBe(body);
  });

  it.each([
    ['[21:47:54] orders', ((21 * 60 + 47) * 60 + 54) * 1000, 'orders'],
    ['10:04:36 PM [tsx] change', ((22 * 60 + 4) * 60 + 36) * 1000, '[tsx] change'],
    ['12:00:01 AM text', 1000, 'text'],
    ['12:00:01 PM text', 43_201_000, 'text'],
  ])('reads the clock of %j, which has no date', (line, at, body) => {
    expect(readTimeStamp(line, YEAR)).toMatchObject({ at, dated: false });
    expect(bodyOf(line)).toBe(body);
  });

  it.each(['', 'starting', '    at x (/a/b.js:12:34)', '3 jobs', 'v1.2.3', '12:34', 'GET /a/2026-11-22'])(
    'finds none in %j',
    (line) => {
      expect(readTimeStamp(line, YEAR)).toBeNull();
    },
  );
});

describe('clockOrder', () => {
  it('goes on over midnight', () => {
    const order = clockOrder();
    const late = 86_399_000;
    expect([order(late, false), order(1000, false), order(2000, false)]).toEqual([late, 86_401_000, 86_402_000]);
  });

  it('leaves out clocks once a date was told', () => {
    const order = clockOrder();
    expect([order(NOON, true), order(1000, false), order(null, false)]).toEqual([NOON, null, null]);
  });
});
