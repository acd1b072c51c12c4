/** Lets restarts of many services come one after the other. */
export interface Turns {
  /** How long to wait for the next turn, and takes it. */
  readonly next: (now: number, ms: number) => number;
}

/** Seven in a tenth of a second: few enough for a machine that all of them crash on. */
const APART_MS = 15;

/** Gives turns out; each lies after the one before. */
export const turns = (): Turns => {
  let last = 0;
  return {
    next: (now, ms) => {
      last = Math.max(last + APART_MS, now + ms);
      return last - now;
    },
  };
};
