import type { ServiceTrack } from '../lives/service-track.ts';

/** Shorter pieces stand in too many lines. */
const LEAST_LENGTH = 8;
const MOST_WORDS = 6;
/** What changes from one start to the next. */
const CHANGING = /[\d\u0080-\uffff]+|[A-Za-z]*\d[\w.:-]*/;

/** The longest piece of a line that is the same each time. */
const longestPiece = (line: string): string =>
  line
    .split(CHANGING)
    .map((piece) => piece.trim())
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');

/** Words by which the lines that lives begin with are found again without reading every line. */
export const learnedWords = (tracks: Iterable<ServiceTrack>): readonly string[] => {
  const pieces = [...tracks].flatMap((track) => track.startLines().map(longestPiece));
  return [...new Set(pieces.filter(({ length }) => length >= LEAST_LENGTH))].slice(0, MOST_WORDS);
};
