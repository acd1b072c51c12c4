import { StringDecoder } from 'node:string_decoder';
import { sanitize } from '../../util/sanitize.ts';
import type { FileLine } from './types.ts';

/** Sequences that set colour and weight, and do nothing else. */
const COLOR = /(\u001b\[[\d;:]*m)/;
const RESET = '\u001b[0m';

/** Most lines of most logs. */
const PLAIN = /^[\t\x20-\x7e]*$/;

/** The text of a line; a character that was cut in two is left out, and other broken ones are U+FFFD. */
export const lineText = ({ bytes, length }: FileLine): string =>
  bytes.length < length ? new StringDecoder('utf8').write(bytes) : bytes.toString('utf8');

/** A tab moves on and obeys nobody. */
const printable = (text: string): string =>
  text
    .split('\t')
    .map((part) => sanitize(part, Number.POSITIVE_INFINITY))
    .join('\t');

/** What is left of a line on a terminal that went back to its beginning again and again. */
const lastState = (text: string): string => {
  const line = text.replace(/\r+$/, '');
  return line.slice(line.lastIndexOf('\r') + 1);
};

/**
 * A line of a log as it may be shown: of its escape sequences only colours are kept, where colours are wanted, and are
 * undone at its end. All others are made visible.
 */
export const shownText = (line: FileLine, colors: boolean): string => {
  const written = lineText(line);
  if (PLAIN.test(written)) return written;
  const parts = lastState(written).split(COLOR);
  const text = parts.map((part, place) => (place % 2 === 0 ? printable(part) : colors ? part : '')).join('');
  return colors && parts.length > 1 ? `${text}${RESET}` : text;
};
