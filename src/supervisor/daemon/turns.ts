/** Lets restarts of many services come one after the other. */
export interface Turns {
  /** How long to wait for the next turn, and takes it. */
  readonly next: (now: number, ms: number) => number;
  /** Whose turn has come asks this. How long to wait still, since this process was late and others go now; 0 to go. */
  readonly late: (now: number) => number;
}

/** Seven in a tenth of a second: few enough for a machine that all of them crash on. */
const APART_MS = 15;

/** Gives turns out: each is the first at or after its time that is far enough from all the others. */
export const turns = (): Turns => {
  let taken: readonly number[] = [];
  let lastGone = Number.NEGATIVE_INFINITY;
  return {
    next: (now, ms) => {
      let at = now + ms;
      const coming = taken.filter((turn) => turn > now - APART_MS);
      for (const turn of coming) if (Math.abs(turn - at) < APART_MS) at = turn + APART_MS;
      taken = [...coming, at].toSorted((a, b) => a - b);
      return at - now;
    },
    late: (now) => {
      const sinceLast = now - lastGone;
      // The clock may have been put back since.
      if (sinceLast >= 0 && sinceLast < APART_MS) return APART_MS - sinceLast;
      lastGone = now;
      return 0;
    },
  };
};
