import { cleanText } from '../../logs/decode/clean-text.ts';
import type { FileLine, ViewedLine } from './types.ts';

/** Which lines are wanted. */
export interface Wanted {
  /** So many of the last ones of each service; infinity for all. */
  readonly lines: number;
  /** Milliseconds since the epoch; `null` for any age. */
  readonly since: number | null;
  readonly grep: RegExp | null;
}

const ESCAPE = '\u001b';

/** Does a line hold what is looked for? Colours do not count. */
export const matchesGrep = ({ bytes }: FileLine, { grep }: Wanted): boolean => {
  if (grep === null) return true;
  const text = bytes.toString('utf8');
  return grep.test(text.includes(ESCAPE) ? cleanText(text) : text);
};

/** Decides on the lines of one file in their order: pieces of a line go with its beginning. */
export const lineFilter = (wanted: Wanted): ((line: ViewedLine) => boolean) => {
  let passes = true;
  return (line) => {
    if (!line.continued) {
      passes = (wanted.since === null || line.order >= wanted.since) && matchesGrep(line, wanted);
    }
    return passes;
  };
};
