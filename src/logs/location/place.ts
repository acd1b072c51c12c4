/** A line of a file worth opening. */
export interface Place {
  /** As the trace gives it: absolute, or relative to the folder the program ran in. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1; `null` where the trace names none. */
  readonly column: number | null;
}

/** A place, and where the trace itself pointed when a source map led from there to here. */
export interface Location extends Place {
  readonly generated: Place | null;
}
