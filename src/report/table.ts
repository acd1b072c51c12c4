import { displayWidth } from '../util/display-width.ts';
import { truncate } from '../util/fit-text.ts';

/** A column: its heading, and the narrowest it may get before the table does not fit. */
export interface Column {
  readonly heading: string;
  /** May be cut to fit the width; other columns never are. */
  readonly flexible: boolean;
  /** Columns below which what a flexible one shows is of no use. */
  readonly least?: number;
  /** May be left out where there is no room for all: the highest number goes first, and of equals the last column. */
  readonly droppable?: boolean | number;
}

const GAP = 2;
const NARROWEST = 6;

/** The fewest columns that one of this width can do with. */
const leastOf = (column: Column | undefined, width: number): number =>
  column?.flexible === true ? Math.min(column.least ?? NARROWEST, width) : width;

const naturalWidths = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly number[] =>
  columns.map(({ heading }, index) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );

const widthsOf = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly number[] => {
  const natural = naturalWidths(columns, rows);
  let excess = natural.reduce((sum, one) => sum + one + GAP, -GAP) - width;
  const widths = [...natural];
  while (excess > 0) {
    const flexible = widths.map((one, index) => (one > leastOf(columns[index], one) ? one : 0));
    const widest = flexible.indexOf(Math.max(...flexible));
    if ((flexible[widest] ?? 0) === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
};

const nextToDrop = (columns: readonly Column[], kept: readonly number[]): number | null => {
  const ranked = kept
    .map((index) => ({ index, rank: Number(columns[index]?.droppable ?? 0) }))
    .filter(({ rank }) => rank > 0);
  const highest = Math.max(...ranked.map(({ rank }) => rank));
  return ranked.findLast(({ rank }) => rank === highest)?.index ?? null;
};

/** Which columns there is room for, by their index. */
const columnsThatFit = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly number[] => {
  const natural = naturalWidths(columns, rows);
  const least = (index: number): number => leastOf(columns[index], natural[index] ?? 0);
  let kept = columns.map((_, index) => index);
  while (kept.reduce((sum, index) => sum + least(index) + GAP, -GAP) > width) {
    const drop = nextToDrop(columns, kept);
    if (drop === null) break;
    kept = kept.filter((index) => index !== drop);
  }
  return kept;
};

const pad = (text: string, width: number): string => `${text}${' '.repeat(Math.max(0, width - displayWidth(text)))}`;

/** Lays rows out in columns of equal width, cutting only the flexible ones and leaving out what finds no room. */
export const table = (
  allColumns: readonly Column[],
  allRows: readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  const kept = columnsThatFit(allColumns, allRows, width);
  const columns = allColumns.filter((_, index) => kept.includes(index));
  const rows = allRows.map((row) => row.filter((_, index) => kept.includes(index)));
  const widths = widthsOf(columns, rows, width);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(truncate(cell, widths[index] ?? 0), widths[index] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [line(columns.map(({ heading }) => heading)), ...rows.map(line)];
};
