/** How a session ends: when it is told to, or by a fault. */
export interface Ending {
  readonly isOver: () => boolean;
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
  readonly ended: Promise<void>;
}

/** An end that may come from anywhere. */
export const makeEnding = (): Ending => {
  let over = false;
  let resolve: () => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const ended = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return {
    ended,
    isOver: () => over,
    finish: () => {
      over = true;
      resolve();
    },
    fail: (error) => {
      over = true;
      reject(error);
    },
  };
};
