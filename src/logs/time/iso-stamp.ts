/** A time stamp of the commonest form at the beginning of a line. */
export interface IsoStamp {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How many characters it takes. */
  readonly length: number;
}

const ZERO = 0x30;
const NINE = 0x39;
const [HYPHEN, COLON, SPACE, DOT, COMMA, LETTER_T, LETTER_Z] = [0x2d, 0x3a, 0x20, 0x2e, 0x2c, 0x54, 0x5a] as const;
/** Later years are those of another era. */
const YEAR_LIMIT = 2400;
/** From here on a separator stands where the key says: `2026-11-22T10:00:00`. */
const SEPARATORS: readonly (readonly [number, number])[] = [
  [4, HYPHEN],
  [7, HYPHEN],
  [13, COLON],
  [16, COLON],
];
const SECONDS_END = 19;
const LEAST_LENGTH = 21;
/** Behind the space, these may belong to the stamp: a zone, or a line between stamp and text. */
const MEANS_MORE = new Set(Buffer.from(' \tZUG+-|'));

/** A number of so many digits; not a number where another character stands. */
const digits = (text: string, from: number, count: number): number => {
  let value = 0;
  for (let place = from; place < from + count; place += 1) {
    const code = text.charCodeAt(place);
    if (!(code >= ZERO && code <= NINE)) return Number.NaN;
    value = value * 10 + code - ZERO;
  }
  return value;
};

const hasSeparators = (text: string): boolean => {
  const between = text.charCodeAt(10);
  if (between !== LETTER_T && between !== SPACE) return false;
  for (const [place, code] of SEPARATORS) if (text.charCodeAt(place) !== code) return false;
  return true;
};

/**
 * Reads `2026-11-22T10:00:00.000Z` and its sisters, with a space for the T, without fraction or zone, when a space
 * follows and nothing after it belongs to the stamp. Null for all others, which are not few.
 */
export const isoStamp = (text: string): IsoStamp | null => {
  // A place behind the end of a text is slow to ask for.
  if (text.length < LEAST_LENGTH || !hasSeparators(text)) return null;
  const year = digits(text, 0, 4);
  if (!(year < YEAR_LIMIT)) return null;
  const afterSeconds = text.charCodeAt(SECONDS_END);
  const hasFraction = afterSeconds === DOT || afterSeconds === COMMA;
  const fraction = hasFraction ? digits(text, SECONDS_END + 1, 3) : 0;
  const zone = hasFraction ? SECONDS_END + 4 : SECONDS_END;
  const length = text.charCodeAt(zone) === LETTER_Z ? zone + 1 : zone;
  if (text.charCodeAt(length) !== SPACE || MEANS_MORE.has(text.charCodeAt(length + 1))) return null;
  const [month, day] = [digits(text, 5, 2), digits(text, 8, 2)];
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)];
  const at = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  return Number.isNaN(at) ? null : { at, length };
};
