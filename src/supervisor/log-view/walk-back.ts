import type { FileLine, ReadAt } from './types.ts';

const NEWLINE = 10;

/** How far a walk goes at the most, and in which steps. */
export interface Walk {
  readonly chunkBytes: number;
  /** Bytes of a line that are kept. */
  readonly cap: number;
  /** A line that is longer is given without its beginning, and ends the walk. */
  readonly reachBytes: number;
}

/** The usual walk. A longer line than this takes longer to find than anybody waits. */
export const USUAL_WALK: Walk = { chunkBytes: 65_536, cap: 65_536, reachBytes: 67_108_864 };

/**
 * The lines of a file's first `size` bytes, the last one first, in bounded memory. What stands after the last newline
 * comes first, as a line that has not ended.
 */
export const linesBackwards = function* (
  read: ReadAt,
  size: number,
  { chunkBytes, cap, reachBytes }: Walk,
): Generator<FileLine> {
  let end = size;
  let ended = false;
  let from = size;
  let chunk: Buffer = Buffer.alloc(0);

  const line = (offset: number, torn: boolean): FileLine => {
    const length = end - offset;
    const kept = Math.min(length, cap);
    const within = offset - from;
    const bytes =
      within >= 0 && within + kept <= chunk.length ? chunk.subarray(within, within + kept) : read(offset, kept);
    return { offset, bytes, length, ended, continued: false, torn };
  };

  while (from > 0) {
    const next = Math.max(0, from - chunkBytes);
    const bytes = read(next, from - next);
    // The file became shorter: what is left of it is not what it was.
    if (bytes.length < from - next) return;
    chunk = bytes;
    from = next;
    for (let place = chunk.lastIndexOf(NEWLINE); place !== -1; place = before(chunk, place)) {
      if (ended || from + place + 1 < end) yield line(from + place + 1, false);
      end = from + place;
      ended = true;
    }
    if (end - from > reachBytes) {
      yield line(from, from > 0);
      return;
    }
  }
  if (ended || end > 0) yield line(0, false);
};

/** `lastIndexOf` takes -1 for the last place. */
const before = (chunk: Buffer, place: number): number => (place === 0 ? -1 : chunk.lastIndexOf(NEWLINE, place - 1));
