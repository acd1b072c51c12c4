import { parseBytes } from '../../../util/parse-bytes.ts';
import { parseDuration } from '../../../util/parse-duration.ts';
import type { Fields, Reader } from './field.ts';

/** Timers take no more. */
const LONGEST_MS = 2 ** 31 - 1;

/** Is it an object with keys? */
export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const readBoolean: Reader<boolean> = (value, refuse) =>
  typeof value === 'boolean' ? value : refuse('true or false, without quotes', value);

/** A text that has more than spaces. */
export const readText: Reader<string> = (value, refuse) =>
  typeof value === 'string' && value.trim() !== '' && !value.includes('\0') ? value : refuse('a text', value);

/** A whole number within bounds, as a number or in digits. */
export const wholeNumber =
  (least: number, most: number, expected: string): Reader<number> =>
  (value, refuse) => {
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= least && number <= most
      ? number
      : refuse(expected, value);
  };

/** A length of time of at least so many milliseconds. */
export const duration =
  (least: number = 0): Reader<number> =>
  (value, refuse) => {
    const isPlain = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
    const milliseconds = isPlain ? Number(value) : typeof value === 'string' ? parseDuration(value) : null;
    const isFit = milliseconds !== null && Number.isInteger(milliseconds) && milliseconds <= LONGEST_MS;
    return isFit && milliseconds >= least
      ? milliseconds
      : refuse(
          `a length of time${least > 0 ? ` of at least ${least} ms` : ''}: milliseconds such as 1600, or "500ms", "2s", "1m", "1h"`,
          value,
        );
  };

export const readSize: Reader<number> = (value, refuse) =>
  parseBytes(value) ?? refuse('a size such as "300M", "1.5G", "800K", or a number of bytes', value);

/** One of these words; each may have other names. */
export const oneOf =
  <T extends string>(words: Readonly<Record<string, T>>): Reader<T> =>
  (value, refuse) => {
    const found = typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined;
    const names = Object.keys(words).map((word) => JSON.stringify(word));
    return found ?? refuse(names.join(' or '), value);
  };

/** One or many; one needs no list around it. */
export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, refuse) => {
    const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const parted = items.map((item, index) =>
      read(item, (expected, wrong, part = '') =>
        refuse(expected, wrong, Array.isArray(value) ? `[${index}]${part}` : part),
      ),
    );
    return parted.some((item) => item === undefined) ? undefined : (parted as readonly T[]);
  };

/** The same, or nothing. */
export const orNull = <T>(read: Reader<T>): Reader<T | null> => read;
