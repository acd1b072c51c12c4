/** The latest items, up to a limit. */
export interface Ring<T> {
  readonly push: (item: T) => void;
  /** Oldest first. */
  readonly items: () => readonly T[];
  readonly size: () => number;
  readonly clear: () => void;
}

export const ring = <T>(limit: number): Ring<T> => {
  let kept: T[] = [];
  return {
    push: (item) => {
      kept.push(item);
      // Cutting only now and then keeps each push cheap.
      if (kept.length >= limit * 2) kept = kept.slice(-limit);
    },
    items: () => kept.slice(-limit),
    size: () => Math.min(kept.length, limit),
    clear: () => {
      kept = [];
    },
  };
};
