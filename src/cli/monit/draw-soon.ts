import type { Ending } from './ending.ts';

/** Draws once for all that happens in a row. */
export const drawSoon = (draw: () => void, { isOver, fail }: Ending): (() => void) => {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    setImmediate(() => {
      due = false;
      try {
        if (!isOver()) draw();
      } catch (error) {
        fail(error);
      }
    });
  };
};
