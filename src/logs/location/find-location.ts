import { mapPlace, type ReadText } from './map-place.ts';
import { isOwnCode } from './own-code.ts';
import { isCausedBy, parsePlace, type TracedPlace } from './parse-place.ts';
import type { Location, Place } from './place.ts';

/** Longer lines are data, not places. */
const LINE_LIMIT = 1_024;

const placesIn = (lines: readonly string[]): readonly TracedPlace[] =>
  lines.flatMap((line) => (line.length > LINE_LIMIT ? [] : (parsePlace(line) ?? [])));

/** The lines of the innermost error that names code of the project: what was thrown first is nearest to the reason. */
const innermost = (lines: readonly string[]): readonly string[] => {
  const starts = [0, ...lines.flatMap((line, index) => (isCausedBy(line) ? [index] : []))];
  const sections = starts.map((start, index) => lines.slice(start, starts[index + 1]));
  const own = sections.findLast((section) => placesIn(section).some(({ path }) => isOwnCode(path)));
  return own ?? lines;
};

/** Own places, the most telling first. A header stands at the very place; the stack may only tell its column. */
const ranked = (places: readonly TracedPlace[]): readonly Place[] => {
  const headers = places.filter(({ kind }) => kind === 'header');
  const frames = [
    ...places.filter(({ kind }) => kind === 'newest-last').toReversed(),
    ...places.filter(({ kind }) => kind === 'newest-first'),
  ];
  const exact = headers.map(
    (header) => frames.find(({ path, line }) => path === header.path && line === header.line) ?? header,
  );
  return [...exact, ...frames];
};

/**
 * The place worth opening first: the innermost line of the trace that is code of the project, led back to its
 * source where a source map lies inside or beside the file. `null` when the trace names none.
 */
export const findLocation = (lines: readonly string[], readText: ReadText): Location | null => {
  for (const place of ranked(placesIn(innermost(lines)))) {
    if (!isOwnCode(place.path)) continue;
    const { path, line, column } = place;
    const source = mapPlace(place, readText);
    if (source === null) return { path, line, column, generated: null };
    if (isOwnCode(source.path)) return { ...source, generated: { path, line, column } };
  }
  return null;
};
