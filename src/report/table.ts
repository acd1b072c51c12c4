import { displayWidth } from '../util/display-width.ts';
import { truncate } from '../util/fit-text.ts';

/** A column: its heading, and the narrowest it may get before the table does not fit. */
export interface Column {
  readonly heading: string;
  /** May be cut to fit the width; other columns never are. */
  readonly flexible: boolean;
}

const GAP = 2;
const NARROWEST = 6;

const widthsOf = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly number[] => {
  const natural = columns.map(({ heading }, index) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  let excess = natural.reduce((sum, one) => sum + one + GAP, -GAP) - width;
  const widths = [...natural];
  while (excess > 0) {
    const flexible = widths.map((one, index) => (columns[index]?.flexible === true && one > NARROWEST ? one : 0));
    const widest = flexible.indexOf(Math.max(...flexible));
    if ((flexible[widest] ?? 0) === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
};

const pad = (text: string, width: number): string => `${text}${' '.repeat(Math.max(0, width - displayWidth(text)))}`;

/** Lays rows out in columns of equal width, cutting only the flexible ones. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  const widths = widthsOf(columns, rows, width);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(truncate(cell, widths[index] ?? 0), widths[index] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [line(columns.map(({ heading }) => heading)), ...rows.map(line)];
};
