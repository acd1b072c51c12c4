/** Lets a loop sleep until its time has come or somebody rings. */
export interface Bell {
  readonly ring: () => void;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** A bell. One that was rung while nobody slept ends the next sleep at once. */
export const makeBell = (): Bell => {
  let wake: (() => void) | null = null;
  let rung = false;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          wake = null;
          rung = false;
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        wake = done;
        if (rung) done();
      }),
  };
};
