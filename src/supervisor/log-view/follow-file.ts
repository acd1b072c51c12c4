import type { PlaceInTime } from './place-in-time.ts';
import { lineSplitter } from './split-lines.ts';
import { tailFile, type TailStart } from './tail-file.ts';
import type { FileLine, LineShape, LogSource, ViewedLine } from './types.ts';

/** What came of one look at a followed log. */
export interface Seen {
  readonly lines: readonly ViewedLine[];
  /** There may be more to read at once. */
  readonly more: boolean;
}

/** A log whose lines are given as they come. */
export interface FollowedFile {
  readonly look: (now: number) => Promise<Seen>;
  readonly close: () => void;
}

/** How to follow a log. */
export interface FollowOptions {
  readonly source: LogSource;
  readonly place: PlaceInTime;
  readonly shape: LineShape;
  /** `null` for a file that is not there yet. */
  readonly start: TailStart | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onTrouble: (path: string, why: string) => void;
}

/** A line that nobody ends is given after so long. */
const SILENCE_MS = 1_000;

/** Follows one log. A line without an end is given after a second of silence, and goes on as another one. */
export const followFile = ({ source, place, shape, start, now, onTrouble }: FollowOptions): FollowedFile => {
  let splitter = lineSplitter(shape, start?.offset ?? 0);
  let found: FileLine[] = [];
  let [seenAt, grewAt, grew] = [now, now, false];

  const giveRest = (): void => {
    const rest = splitter.rest();
    if (rest !== null) found.push(rest);
  };
  const tail = tailFile(source.path, start, now, {
    bytes: (chunk) => {
      grew = true;
      for (const line of splitter.push(chunk)) found.push(line);
    },
    takeBack: () => {
      splitter = lineSplitter(shape, 0);
    },
    breakLine: () => {
      giveRest();
      splitter = lineSplitter(shape, 0);
    },
    trouble: onTrouble,
  });

  return {
    look: async (now) => {
      const more = await tail.read(now);
      if (grew) grewAt = now;
      else if (splitter.waiting() > 0 && now - grewAt >= SILENCE_MS) giveRest();
      const span = { low: seenAt, high: now, measured: true };
      const lines = place(found, () => span);
      [found, grew, seenAt] = [[], false, now];
      return { lines, more };
    },
    close: tail.close,
  };
};
