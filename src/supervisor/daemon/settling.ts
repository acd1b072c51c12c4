/** Lets several wait until something has settled. */
export interface Settling {
  /** Resolves at the next `settled`. */
  readonly wait: () => Promise<void>;
  readonly settled: () => void;
}

/** A meeting point of those who wait and the one they wait for. */
export const settling = (): Settling => {
  let waiting: (() => void)[] = [];
  return {
    wait: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    settled: () => {
      const all = waiting;
      waiting = [];
      for (const resolve of all) resolve();
    },
  };
};
