import { describe, expect, it } from 'vitest';
import { fateOf, livesOf, pausesOf } from './support.ts';

const CRASHES_AT_ONCE = { exit: () => ({}) };
const reasonOf = (lives: ReturnType<typeof livesOf>): string | null => {
  const next = lives.at(-1)?.next;
  return next?.kind === 'give-up' ? next.reason : null;
};

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
