import type { Clock } from '../../src/model/clock.ts';

/** Time that passes only in sleep, and what happens in the meantime. */
export interface FakeClock extends Clock {
  readonly at: (milliseconds: number, event: () => void) => void;
}

/** A clock that goes to the next sleeper or event as soon as nothing else is left to run. */
export const fakeClock = (): FakeClock => {
  let now = 0;
  const queue: { readonly when: number; readonly run: () => void }[] = [];
  const advance = (): void => {
    queue.sort((a, b) => a.when - b.when);
    const next = queue.shift();
    if (next === undefined) return;
    now = Math.max(now, next.when);
    next.run();
  };
  return {
    now: () => now,
    at: (when, run) => void queue.push({ when, run }),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        let due = false;
        const wake = (): void => {
          due = true;
          resolve();
        };
        queue.push({ when: now + milliseconds, run: wake });
        const turn = (): void => {
          if (due) return;
          advance();
          setImmediate(turn);
        };
        setImmediate(turn);
      }),
  };
};
