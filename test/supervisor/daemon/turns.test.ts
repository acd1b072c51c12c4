import { expect, it } from 'vitest';
import { settling } from '../../../src/supervisor/daemon/settling.ts';
import { turns } from '../../../src/supervisor/daemon/turns.ts';

const timesOf = (waits: readonly (readonly [now: number, ms: number])[]): readonly number[] => {
  const all = turns();
  return waits.map(([now, ms]) => now + all.next(now, ms));
};

it('fifty that crash at once never start more than ten in a tenth of a second', () => {
  const at = timesOf(Array.from({ length: 50 }, () => [1_000, 200] as const)).toSorted((a, b) => a - b);
  for (const [index, time] of at.entries()) {
    const later = at[index + 10];
    if (later !== undefined) expect(later - time).toBeGreaterThan(100);
  }
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeLessThan(1_000);
});

it('one alone waits as long as it is told to', () => {
  expect(timesOf([[1_000, 300]])).toEqual([1_300]);
  expect(
    timesOf([
      [1_000, 300],
      [9_000, 300],
    ]),
  ).toEqual([1_300, 9_300]);
});

it('nobody waits shorter than it is told to', () => {
  const waits = Array.from({ length: 30 }, (_, index) => [1_000 + index * 7, (index * 37) % 200] as const);
  const times = timesOf(waits);
  for (const [index, [now, ms]] of waits.entries()) expect(times[index]).toBeGreaterThanOrEqual(now + ms);
});

it('a long pause of one does not hold up the others', () => {
  const [long = 0, short = 0] = timesOf([
    [1_000, 15_000],
    [1_000, 100],
  ]);
  expect(long).toBeGreaterThanOrEqual(16_000);
  expect(short).toBeLessThan(1_200);
});

it('a clock that was put back makes nobody wait for a day', () => {
  const [, later = 0] = timesOf([
    [86_400_000, 100],
    [1_000, 100],
  ]);
  expect(later - 1_000).toBeLessThan(1_000);
});

it('those who are all late go on one after the other', () => {
  const all = turns();
  expect(all.late(1_000)).toBe(0);
  const wait = all.late(1_001);
  expect(wait).toBeGreaterThan(10);
  expect(all.late(1_001 + wait)).toBe(0);
  expect(all.late(1_001 + wait)).toBeGreaterThan(10);
  expect(all.late(500)).toBe(0);
});

it('all who wait go on when it has settled, once', async () => {
  const meeting = settling();
  const order: string[] = [];
  const first = [1, 2].map(async (who) => {
    await meeting.wait();
    order.push(`first ${who}`);
  });
  meeting.settled();
  const second = meeting.wait().then(() => order.push('second'));
  await Promise.all(first);
  expect(order).toEqual(['first 1', 'first 2']);
  meeting.settled();
  await second;
  meeting.settled();
  expect(order).toEqual(['first 1', 'first 2', 'second']);
});
