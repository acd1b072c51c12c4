import { describe, expect, it } from 'vitest';
import { NEW_LIFECYCLE } from '../../../src/supervisor/core/lifecycle.ts';
import { afterExit } from '../../../src/supervisor/core/restart-policy.ts';
import { aServiceSpec } from '../../helpers/a-service.ts';
import { anExit, fateOf, HALF, livesOf, pausesOf, sum } from './support.ts';

const CRASHES_AT_ONCE = { exit: () => ({}) };
const NEARLY_ONE = (): number => 1 - Number.EPSILON;
const reasonOf = (lives: ReturnType<typeof livesOf>): string | null => {
  const next = lives.at(-1)?.next;
  return next?.kind === 'give-up' ? next.reason : null;
};

describe('a service that crashes at once', () => {
  it('is started 16 times, with pauses that stay modest, and then given up', () => {
    const lives = livesOf(CRASHES_AT_ONCE);
    expect(lives).toHaveLength(16);
    expect(fateOf(lives)).toBe('give-up');
    expect(lives.at(-1)?.history.restarts).toBe(15);
    expect(sum(pausesOf(lives))).toBeGreaterThan(10_000);
    expect(sum(pausesOf(lives))).toBeLessThan(30_000);
    expect(reasonOf(lives)).toBe('crashed 16 times in 12 s; given up as max_restarts is 16');
  });

  it('is started again at once after its first crash, and then after pauses that grow to 2 s', () => {
    const [first, second, third, fourth, ...more] = pausesOf(livesOf({ ...CRASHES_AT_ONCE, random: NEARLY_ONE }));
    expect([first, second, third, fourth]).toEqual([0, 100, 150, 225]);
    expect(more).toEqual(more.toSorted((a, b) => a - b));
    expect(more.at(-1)).toBe(2_000);
  });

  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [5, 5],
    [40, 40],
  ])('with max_restarts %i is started %i times', (maxRestarts, starts) => {
    const lives = livesOf({ ...CRASHES_AT_ONCE, spec: { maxRestarts } });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts, fate: 'give-up' });
    const times = starts === 1 ? 'once' : String.raw`${starts} times in \d+ (s|min)`;
    expect(reasonOf(lives)).toMatch(new RegExp(`^crashed ${times}; given up as max_restarts is ${maxRestarts}$`));
  });

  it('waits up to 15 s once it has crashed more than 16 times', () => {
    const pauses = pausesOf(livesOf({ ...CRASHES_AT_ONCE, spec: { maxRestarts: 40 }, random: NEARLY_ONE }));
    expect(pauses[15]).toBe(2_000);
    expect(Math.max(...pauses)).toBe(15_000);
  });

  it('with restart_delay 2 s, which hides it from PM2, is given up all the same', () => {
    const lives = livesOf({ ...CRASHES_AT_ONCE, spec: { restartDelayMs: 2_000, maxRestarts: 5 } });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 5, fate: 'give-up' });
  });

  it('with restart_delay 10 min is given up all the same', () => {
    const lives = livesOf({ ...CRASHES_AT_ONCE, spec: { restartDelayMs: 600_000, maxRestarts: 5 } });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 5, fate: 'give-up' });
  });

  it.each([0, 1])('with exp_backoff_restart_delay is given up all the same, by chance of %i', (chance) => {
    const lives = livesOf({ ...CRASHES_AT_ONCE, spec: { expBackoffMs: 100 }, random: () => chance });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 16, fate: 'give-up' });
  });

  it('is remembered in bounded space, however high max_restarts is', () => {
    const lives = livesOf({ ...CRASHES_AT_ONCE, spec: { maxRestarts: 1e9 }, mostLives: 5_000 });
    expect(fateOf(lives)).toBe('restart');
    expect(lives.at(-1)?.history.crashes.length).toBeLessThanOrEqual(1_000);
  });

  it('is given up at a max_restarts that is higher than what is remembered', () => {
    const lives = livesOf({ ...CRASHES_AT_ONCE, spec: { maxRestarts: 3_000 }, mostLives: 5_000 });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 3_000, fate: 'give-up' });
    expect(reasonOf(lives)).toContain('crashed 3000 times');
  });
});

describe('a loop that min_uptime does not see', () => {
  it.each([1_200, 9_000, 29_000, 45_000])('is given up: lives of %i ms', (uptimeMs) => {
    const lives = livesOf({ exit: () => ({ uptimeMs }) });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 16, fate: 'give-up' });
    expect(lives.at(-1)?.history.unstableRestarts).toBe(0);
  });

  it('is given up though some lives are long', () => {
    const lives = livesOf({ exit: (life) => ({ uptimeMs: life % 4 === 3 ? 120_000 : 200 }) });
    expect(fateOf(lives)).toBe('give-up');
    expect(lives.length).toBeLessThan(40);
  });
});

describe('a service that is no loop', () => {
  it.each([
    ['once an hour', 3_600_000, {}],
    ['once a minute', 61_000, {}],
    ['once an hour with max_restarts 1', 3_600_000, { maxRestarts: 1 }],
    ['once an hour with max_restarts 2', 3_600_000, { maxRestarts: 2 }],
  ] as const)('is never given up: it crashes %s', (_, uptimeMs, spec) => {
    const lives = livesOf({ exit: () => ({ uptimeMs }), spec, mostLives: 400 });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 400, fate: 'restart' });
    expect(new Set(pausesOf(lives))).toEqual(new Set([0]));
  });

  it('is not started again at all where max_restarts is 0', () => {
    const lives = livesOf({ exit: () => ({ uptimeMs: 3_600_000 }), spec: { maxRestarts: 0 } });
    expect(reasonOf(lives)).toBe('crashed once; given up as max_restarts is 0');
  });

  it('has its crashes of the day before forgotten', () => {
    const crashed = livesOf({ ...CRASHES_AT_ONCE, mostLives: 15 }).at(-1);
    const now = (crashed?.endedAt ?? 0) + 86_400_000;
    const history = crashed?.history ?? NEW_LIFECYCLE;
    const { next } = afterExit(history, anExit({ uptimeMs: 5_000 }), { spec: aServiceSpec(), now, random: HALF });
    expect(next.kind).toBe('restart');
  });

  it('has crashes of a time that is still to come forgotten: the clock was put back', () => {
    const crashed = livesOf({ ...CRASHES_AT_ONCE, mostLives: 15 }).at(-1);
    const now = (crashed?.endedAt ?? 0) - 86_400_000;
    const history = crashed?.history ?? NEW_LIFECYCLE;
    const after = afterExit(history, anExit({ uptimeMs: 40_000 }), { spec: aServiceSpec(), now, random: HALF });
    expect(after.history.crashes).toEqual([now]);
    expect(after.next.kind).toBe('restart');
  });
});

describe('min_uptime', () => {
  it('is the age from which an exit is no unstable one', () => {
    const unstable = (uptimeMs: number): number | undefined =>
      livesOf({ exit: () => ({ uptimeMs }), spec: { minUptimeMs: 5_000 }, mostLives: 3 }).at(-1)?.history
        .unstableRestarts;
    expect([unstable(4_999), unstable(5_000)]).toEqual([3, 0]);
  });

  it('of minutes makes exits that are minutes apart a loop', () => {
    const spec = { minUptimeMs: 300_000, maxRestarts: 5 };
    const lives = livesOf({ exit: () => ({ uptimeMs: 240_000 }), spec });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 5, fate: 'give-up' });
  });

  it('is counted anew after one long enough life', () => {
    const lives = livesOf({ exit: (life) => ({ uptimeMs: life === 2 ? 70_000 : 10 }), mostLives: 5 });
    expect(lives.map(({ history }) => history.unstableRestarts)).toEqual([1, 2, 0, 1, 2]);
  });
});

describe('restart_delay', () => {
  it('is kept, and lengthened by a tenth at most', () => {
    const pauses = (random: () => number): readonly number[] =>
      pausesOf(livesOf({ ...CRASHES_AT_ONCE, spec: { restartDelayMs: 2_000, maxRestarts: 4 }, random }));
    expect(pauses(() => 0)).toEqual([2_000, 2_000, 2_000]);
    expect(pauses(NEARLY_ONE)).toEqual([2_200, 2_200, 2_200]);
  });
});

describe('exp_backoff_restart_delay', () => {
  const spec = { expBackoffMs: 100, maxRestarts: 20 };

  it('grows by half each time up to 15 s', () => {
    const pauses = pausesOf(livesOf({ ...CRASHES_AT_ONCE, spec, random: NEARLY_ONE }));
    expect(pauses.slice(0, 5)).toEqual([100, 150, 225, 337, 506]);
    expect(pauses[12]).toBe(Math.round(100 * 1.5 ** 12));
    expect(pauses[13]).toBe(15_000);
    expect(Math.max(...pauses)).toBe(15_000);
  });

  it('is never shorter than half of what it has grown to', () => {
    const longest = pausesOf(livesOf({ ...CRASHES_AT_ONCE, spec, random: NEARLY_ONE }));
    const shortest = pausesOf(livesOf({ ...CRASHES_AT_ONCE, spec, random: () => 0 }));
    expect(shortest).toHaveLength(longest.length);
    for (const [index, ms] of shortest.entries())
      expect(Math.abs(ms * 2 - (longest[index] ?? 0))).toBeLessThanOrEqual(1);
  });

  it('begins anew after a life of 30 s', () => {
    const uptimes = [10, 10, 10, 29_999, 30_000, 10];
    const lives = livesOf({
      exit: (life) => ({ uptimeMs: uptimes[life] ?? 10 }),
      spec,
      random: NEARLY_ONE,
      mostLives: 6,
    });
    expect(pausesOf(lives)).toEqual([100, 150, 225, 337, 100, 150]);
  });

  it('goes before restart_delay', () => {
    const lives = livesOf({ ...CRASHES_AT_ONCE, spec: { ...spec, restartDelayMs: 9_000 }, random: NEARLY_ONE });
    expect(pausesOf(lives)[0]).toBe(100);
  });
});
