import { findStart, type Search, type Start } from './find-start.ts';
import { openPart, type Part } from './parts.ts';
import { placeInTime, type PlaceInTime } from './place-in-time.ts';
import { timeSpans } from './time-spans.ts';
import type { IndexEntry, LogSource } from './types.ts';
import type { View } from './view.ts';
import { linesBackwards, type Walk } from './walk-back.ts';

/** A log that is being viewed. */
export interface Opened {
  readonly source: LogSource;
  readonly index: readonly IndexEntry[];
  readonly live: Part | null;
  readonly place: PlaceInTime;
}

/** A log of which it is known from where it must be read. */
export interface Begun extends Opened {
  readonly start: Start;
}

/** A line that is still being written is left for those who follow, but for one that is too long to find its beginning. */
const wholeLines = (part: Part, walk: Walk): Part => {
  const [last] = linesBackwards(part.read, part.size, walk);
  return last === undefined || last.ended || last.torn ? part : { ...part, size: last.offset };
};

/** Opens a log as it is now. What cannot be opened is told, and may come to be there later. */
export const openLog = (source: LogSource, { calendar, follow, walk, indexOf, onTrouble }: View): Opened => {
  // Before the file is opened: an index must not know of bytes that are not seen.
  const index = indexOf(source.path);
  const opened = openPart(source.path);
  if (opened.part === null && opened.why !== null) onTrouble(source.path, opened.why);
  const live = opened.part !== null && follow ? wholeLines(opened.part, walk) : opened.part;
  return { source, index, live, place: placeInTime(source, calendar) };
};

/** Finds from where a log must be read. */
export const begin = async (opened: Opened, view: View): Promise<Begun> => {
  const { wanted, calendar, walk, onTrouble, stopped } = view;
  const { source, index, live } = opened;
  const search: Search = { wanted, calendar, walk, spansOf: timeSpans(index, live), onTrouble, stopped };
  return { ...opened, start: await findStart(source.path, live, search) };
};
