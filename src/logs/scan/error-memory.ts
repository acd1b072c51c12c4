/**
 * In a loop the same error is printed over and over, byte for byte. The last one is kept by heart, so that its next coming
 * costs one comparison instead of twenty lines. Places are offsets in the stream.
 */
export interface ErrorMemory {
  /** The error that is being read. */
  run: { readonly start: number; lines: number; known: boolean } | null;
  /** The one known by heart. */
  known: { readonly bytes: Buffer; readonly lines: number } | null;
}

const LONGEST_KEPT = 16_384;

export const noMemory = (): ErrorMemory => ({ run: null, known: null });

/** One more line of an error, which begins at `start`; gives whether it is the first one. */
export const runGrows = (memory: ErrorMemory, start: number): boolean => {
  if (memory.run !== null) {
    memory.run.lines += 1;
    return false;
  }
  memory.run = { start, lines: 1, known: false };
  return true;
};

/** The error known by heart, when it stands again where the bytes' `from` is. */
export const runAgain = (
  memory: ErrorMemory,
  bytes: Buffer,
  from: number,
  to: number,
): { readonly lines: number; readonly length: number } | null => {
  const { known, run } = memory;
  if (known === null || run === null || known.lines < 2) return null;
  const { length } = known.bytes;
  if (from + length > to || known.bytes.compare(bytes, from, from + length) !== 0) return null;
  memory.run = { ...run, lines: known.lines, known: true };
  return { lines: known.lines, length };
};

export const forgetRun = (memory: ErrorMemory): void => {
  memory.run = null;
};

/**
 * The error ended before `end`. Gives whether it was learned: not when it is known already, is too long, or began before
 * the bytes, whose first one stands at `offset` of the stream.
 */
export const runEnds = (memory: ErrorMemory, bytes: Buffer, offset: number, end: number): boolean => {
  const { run } = memory;
  memory.run = null;
  if (run === null || run.known || run.start < offset || end - run.start > LONGEST_KEPT) return false;
  const learned = Buffer.from(bytes.subarray(run.start - offset, end - offset));
  memory.known = { bytes: learned, lines: run.lines };
  return true;
};
