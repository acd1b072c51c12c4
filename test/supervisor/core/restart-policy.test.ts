import fc from 'fast-check';
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

describe('a service that is not to be started again', () => {
  it('rests after an exit code that its configuration names, and only then', () => {
    const after = (code: number | null, signal: string | null = null): string | undefined =>
      fateOf(livesOf({ exit: () => ({ code, signal }), spec: { stopExitCodes: [0, 3] }, mostLives: 1 }));
    expect([after(0), after(3), after(1), after(null, 'SIGKILL'), after(null)]).toEqual([
      'rest',
      'rest',
      'restart',
      'restart',
      'restart',
    ]);
  });

  it.each([0, 1, null])('rests with autorestart false, exit %s', (code) => {
    const lives = livesOf({ exit: () => ({ code }), spec: { autorestart: false } });
    expect({ lives: lives.length, fate: fateOf(lives) }).toEqual({ lives: 1, fate: 'rest' });
    expect(lives[0]?.history.restarts).toBe(0);
  });
});

describe('a service that ends well', () => {
  it('at once and without a pause spins, and is given up', () => {
    const lives = livesOf({ exit: () => ({ code: 0 }) });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 16, fate: 'give-up' });
    expect(reasonOf(lives)).toContain('ended at once 16 times');
  });

  it('at once and with a pause of a second is a job that comes back for ever', () => {
    const lives = livesOf({ exit: () => ({ code: 0 }), spec: { restartDelayMs: 1_000 }, mostLives: 300 });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 300, fate: 'restart' });
    expect(lives.at(-1)?.history).toMatchObject({ crashes: [], unstableRestarts: 0 });
  });

  it('after some work is started again at once, for ever', () => {
    const lives = livesOf({ exit: () => ({ code: 0, uptimeMs: 2_000 }), mostLives: 300 });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 300, fate: 'restart' });
    expect(new Set(pausesOf(lives))).toEqual(new Set([0]));
  });

  it('many times is not given up at its first crash', () => {
    const exit = (life: number): object => ({ code: life === 40 ? 1 : 0 });
    const lives = livesOf({ exit, spec: { restartDelayMs: 1_000 }, mostLives: 41 });
    expect({ lives: lives.length, fate: fateOf(lives) }).toEqual({ lives: 41, fate: 'restart' });
  });

  it('is no end by a signal, or one that nobody saw', () => {
    const ofSignal = livesOf({ exit: () => ({ code: null, signal: 'SIGSEGV', uptimeMs: 2_000 }) });
    const unseen = livesOf({ exit: () => ({ code: null, uptimeMs: 2_000 }) });
    expect([fateOf(ofSignal), fateOf(unseen)]).toEqual(['give-up', 'give-up']);
  });
});

describe('a service over its limit of memory', () => {
  const OVER = { code: null, overLimit: true };

  it('is given up when it gets there again and again', () => {
    const lives = livesOf({ exit: () => ({ ...OVER, uptimeMs: 4_000 }) });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 16, fate: 'give-up' });
    expect(reasonOf(lives)).toMatch(/^used more memory than it may 16 times in 1 min;/);
  });

  it('is started again for ever when it takes its time, at once, and even with autorestart false', () => {
    const spec = { autorestart: false };
    const lives = livesOf({ exit: () => ({ ...OVER, uptimeMs: 300_000 }), spec, mostLives: 100 });
    expect({ starts: lives.length, fate: fateOf(lives) }).toEqual({ starts: 100, fate: 'restart' });
    expect(new Set(pausesOf(lives))).toEqual(new Set([0]));
  });

  it('is no unstable exit', () => {
    expect(livesOf({ exit: () => OVER, mostLives: 1 })[0]?.history.unstableRestarts).toBe(0);
  });
});

describe('restarts of many services', () => {
  it('take turns from the third exit on', () => {
    const shared = livesOf({ ...CRASHES_AT_ONCE, mostLives: 5 }).map(
      ({ next }) => next.kind === 'restart' && next.shared,
    );
    expect(shared).toEqual([false, false, true, true, true]);
  });

  it('do so anew after a long life', () => {
    const exit = (life: number): object => ({ uptimeMs: life === 3 ? 30_000 : 10 });
    const shared = livesOf({ exit, mostLives: 6 }).map(({ next }) => next.kind === 'restart' && next.shared);
    expect(shared).toEqual([false, false, true, false, false, true]);
  });
});

describe('whatever happens', () => {
  const SPECS = fc.record({
    maxRestarts: fc.integer({ min: 0, max: 50 }),
    minUptimeMs: fc.integer({ min: 100, max: 600_000 }),
    restartDelayMs: fc.constantFrom(0, 1, 500, 1_000, 2_000, 60_000),
    expBackoffMs: fc.constantFrom(0, 0, 1, 100, 60_000),
    autorestart: fc.boolean(),
    stopExitCodes: fc.constantFrom([], [0], [3]),
  });
  const EXITS = fc.array(
    fc.record({
      code: fc.constantFrom(0, 1, 3, null),
      signal: fc.constantFrom(null, null, 'SIGKILL'),
      uptimeMs: fc.integer({ min: 0, max: 200_000 }),
      overLimit: fc.boolean(),
    }),
    { minLength: 1, maxLength: 80 },
  );

  it('a pause is a whole number of milliseconds within its bounds, and what is kept is bounded', () => {
    fc.assert(
      fc.property(
        SPECS,
        EXITS,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (spec, exits, chance) => {
          const lives = livesOf({
            spec,
            exit: (life) => exits[life % exits.length] ?? {},
            random: () => chance,
            mostLives: 100,
          });
          const longest = Math.max(15_000, spec.restartDelayMs * 1.1);
          for (const ms of pausesOf(lives)) {
            expect(Number.isInteger(ms)).toBe(true);
            expect(ms).toBeGreaterThanOrEqual(0);
            expect(ms).toBeLessThanOrEqual(longest);
          }
          for (const { history } of lives)
            expect(history.crashes.length).toBeLessThanOrEqual(Math.max(1, spec.maxRestarts));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('crashes with less than a minute between them end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 59_000 }), { minLength: 1, maxLength: 30 }),
        SPECS,
        (uptimes, said) => {
          const exit = (life: number): object => ({ uptimeMs: uptimes[life % uptimes.length] ?? 0 });
          const spec = {
            ...said,
            autorestart: true,
            expBackoffMs: 0,
            restartDelayMs: Math.min(said.restartDelayMs, 500),
          };
          const lives = livesOf({ spec, exit, random: () => 0, mostLives: 60 });
          expect(lives.length).toBe(Math.max(1, said.maxRestarts));
        },
      ),
      { numRuns: 200 },
    );
  });
});
