import { formatBytes } from '../../util/bytes.ts';
import { displayWidth } from '../../util/display-width.ts';
import { truncate } from '../../util/fit-text.ts';
import { sanitize } from '../../util/sanitize.ts';
import { shownText } from './line-text.ts';
import type { LogSource, ViewedLine } from './types.ts';

/** How lines look for people. */
export interface LineStyle {
  readonly colors: boolean;
  /** Columns of the names. */
  readonly nameWidth: number;
  /** Writes an instant, always as long; `null` to leave times out. */
  readonly stamp: ((at: number) => string) | null;
}

const WIDEST_NAME = 20;

/** Colours of names, by id. Red is for standard error. */
const NAME_COLORS = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94] as const;
const RED = 31;
const DIM = 2;

const paint = (text: string, code: number, { colors }: LineStyle): string =>
  colors ? `\u001b[${code}m${text}\u001b[0m` : text;

const nameOf = ({ label }: LogSource): string => truncate(sanitize(label), WIDEST_NAME);

/** The columns that the names of some logs need. */
export const nameWidthOf = (sources: readonly LogSource[]): number =>
  Math.max(0, ...sources.map((source) => displayWidth(nameOf(source))));

const stampOf = (at: number | null, style: LineStyle): string => {
  if (style.stamp === null) return '';
  // The time of the file is not that of the line: better none.
  return at === null ? `${' '.repeat(style.stamp(0).length)} ` : `${paint(style.stamp(at), DIM, style)} `;
};

const restOf = ({ bytes, length, torn }: ViewedLine, style: LineStyle): string => {
  if (bytes.length >= length && !torn) return '';
  return paint(` … (${torn ? 'more than ' : ''}${formatBytes(length)} long)`, DIM, style);
};

const headOf = (source: LogSource, style: LineStyle): string => {
  const name = nameOf(source);
  const padding = ' '.repeat(Math.max(0, style.nameWidth - displayWidth(name)));
  const color = NAME_COLORS[source.id % NAME_COLORS.length] ?? NAME_COLORS[0];
  const bar = source.stream === 'err' ? paint('!', RED, style) : '|';
  return `${paint(name, color, style)}${padding} ${bar}`;
};

/**
 * Writes lines for people: `api | text`, or `api ! text` for standard error. Nothing for the late end of a line that was
 * shown already.
 */
export const peopleLines = (style: LineStyle): ((line: ViewedLine) => string) => {
  const heads = new Map<LogSource, string>();
  return (line) => {
    const { source, at, continued, length } = line;
    if (continued && length === 0) return '';
    const head = heads.get(source) ?? headOf(source, style);
    heads.set(source, head);
    const text = `${shownText(line, style.colors)}${restOf(line, style)}`;
    return `${stampOf(at, style)}${head}${text === '' ? '' : ' '}${text}\n`;
  };
};
