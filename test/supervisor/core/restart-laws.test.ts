import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livesOf, pausesOf } from './support.ts';

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
