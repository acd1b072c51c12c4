import { cleanText } from '../../logs/decode/clean-text.ts';
import { readTimeStamp } from '../../logs/time/time-stamp.ts';

/** What a line says of when it was written. */
export interface ToldTime {
  /** Milliseconds since the epoch, read as UTC where it names no zone. */
  readonly at: number;
  readonly zoned: boolean;
}

/** Bytes of a line in which its time stamp stands. */
const REACH = 256;
const ESCAPE = '\u001b';
const ZONED = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\W*$/;
const CLOCK = /\d:\d/;
const FIELD = /"(?:@?timestamp|time|ts)" ?: ?(?:"([^"]{10,40})"|(\d{10}(?:\d{3})?(?:\.\d+)?)[,}])/;

/** Seconds and milliseconds since the epoch are told apart by their size until the year 5138. */
const LEAST_MILLISECONDS = 1e11;

const stampOf = (text: string, year: number): ToldTime | null => {
  const stamp = readTimeStamp(text, year);
  if (stamp === null || !stamp.dated) return null;
  const words = text.slice(stamp.start, stamp.end);
  return { at: stamp.at, zoned: ZONED.test(words) || !CLOCK.test(words) };
};

const fieldOf = (text: string, year: number): ToldTime | null => {
  const [, words, digits] = FIELD.exec(text) ?? [];
  if (digits !== undefined) {
    const value = Number(digits);
    return { at: value < LEAST_MILLISECONDS ? value * 1000 : value, zoned: true };
  }
  return words === undefined ? null : stampOf(words, year);
};

/** The date and time that a line begins with, or has in a field of JSON. A clock without a date tells too little. */
export const toldTime = (line: Buffer, year: number): ToldTime | null => {
  const head = line.toString('utf8', 0, REACH);
  const text = head.startsWith(ESCAPE) ? cleanText(head) : head;
  return text.startsWith('{') ? fieldOf(text, year) : stampOf(text, year);
};
