import type { SpanOf, TimeSpan } from './time-spans.ts';
import { toldTime } from './told-time.ts';
import type { FileLine, LogSource, ViewedLine } from './types.ts';

/** What is needed to read the times that lines tell. */
export interface Calendar {
  /** For time stamps that name none. */
  readonly year: number;
  /** The instant at which clocks on the wall show what UTC shows at the given one. */
  readonly asLocal: (milliseconds: number) => number;
}

/** A program may keep lines back for so long before it writes them. */
const EARLY_MS = 3_600_000;

/** A line cannot tell a later time than that of its writing, but for clocks that differ. */
const LATE_MS = 2_000;

/** Gives the lines of one log their times, when they come in the order of the file. */
export type PlaceInTime = (lines: readonly FileLine[], spanOf: SpanOf) => readonly ViewedLine[];

/** The time that a line tells, where it can be so: who names no zone means the local one, or UTC. */
export const believedTime = (bytes: Buffer, { low, high }: TimeSpan, { asLocal, year }: Calendar): number | null => {
  const told = toldTime(bytes, year);
  if (told === null) return null;
  const readings = told.zoned ? [told.at] : [asLocal(told.at), told.at];
  return readings.find((at) => at >= low - EARLY_MS && at <= high + LATE_MS) ?? null;
};

/** What was found of the lines before. */
interface Course {
  at: number | null;
  order: number;
  /** The span of the last line that told a time. */
  told: TimeSpan | null;
}

const timeOf = (own: number | null, span: TimeSpan, course: Course, first: number | null): number | null => {
  if (own !== null) return own;
  if (span === course.told) return course.at;
  return span.measured ? span.high : (course.at ?? first);
};

const placed = (line: FileLine, source: LogSource, at: number | null, order: number): ViewedLine => {
  const { offset, bytes, length, ended, continued, torn } = line;
  return { source, at, order, offset, bytes, length, ended, continued, torn };
};

/**
 * A line has the time that it tells; one that tells none belongs to the line before it, when that was written in the
 * same span, and else to the end of its span. Times never fall.
 */
export const placeInTime = (source: LogSource, calendar: Calendar): PlaceInTime => {
  const course: Course = { at: null, order: Number.NEGATIVE_INFINITY, told: null };
  return (lines, spanOf) => {
    const owns = lines.map(({ bytes, offset, continued }) =>
      continued ? null : believedTime(bytes, spanOf(offset), calendar),
    );
    // What stands before the first time that is told is nearly as old.
    const first = owns.find((own) => own !== null) ?? null;
    return lines.map((line, place) => {
      const own = owns[place] ?? null;
      const span = spanOf(line.offset);
      const found = line.continued ? course.at : timeOf(own, span, course, first);
      if (own !== null) course.told = span;
      if (found !== null) course.at = Math.max(found, course.at ?? found);
      course.order = Math.max(course.order, course.at ?? span.high);
      return placed(line, source, found === null ? null : course.at, course.order);
    });
  };
};
