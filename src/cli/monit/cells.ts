import { displayWidth } from '../../util/display-width.ts';
import { truncate } from '../../util/fit-text.ts';

/** Characters that every terminal gives the width we count with. */
const CERTAIN = /^[\x20-\x7e…·▸]*$/;

/** One cell of a row. */
export interface Cell {
  /** Safe to print, and without emphasis. */
  readonly text: string;
  readonly width: number;
  readonly align?: 'right';
  readonly paint?: (text: string) => string;
}

/** Makes a text exactly so many columns wide, cutting or filling it. */
export const fit = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  if (width <= 0) return '';
  const cut = truncate(text, width);
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(cut)));
  return align === 'right' ? blanks + cut : cut + blanks;
};

/** Moves the cursor to a column of its row. */
export const jumpTo = (column: number): string => `\u001b[${column}G`;

/**
 * Cells side by side, one blank apart. Terminals disagree on how wide some emoji and some combined letters are, so after such a
 * text the cursor is put where the next cell starts.
 */
export const rowOf = (cells: readonly Cell[], column: number): string => {
  let next = column;
  const written = cells.map(({ text, width, align, paint }, index) => {
    const fitted = fit(text, width, align);
    next += width + 1;
    // Nothing may follow the last cell: at the right edge of the window it would overwrite it.
    const gap = index === cells.length - 1 ? '' : CERTAIN.test(text) ? ' ' : jumpTo(next);
    return `${paint === undefined ? fitted : paint(fitted)}${gap}`;
  });
  return written.join('');
};

/** A pane's title in a line across it; a heavy line tells that keys go to this pane. */
export const titleOf = (text: string, width: number, focused: boolean): string => {
  const line = focused ? '━' : '─';
  const words = truncate(text, Math.max(1, width - 4));
  return `${line} ${words} ${line.repeat(Math.max(0, width - 3 - displayWidth(words)))}`;
};
