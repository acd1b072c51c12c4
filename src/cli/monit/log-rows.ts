import { chop } from './chop.ts';
import type { Anchor, LogView, OutputLine } from './monit-state.ts';

/** Columns before each row, for the mark of the stream. */
export const GUTTER = 4;

/** One row of the log pane. */
export interface LogRow {
  readonly stream: OutputLine['stream'];
  /** Is this where its line starts? */
  readonly starts: boolean;
  readonly text: string;
}

/** Where a pane looks at a log through: its rows and columns. */
export interface Pane {
  readonly width: number;
  readonly height: number;
}

const lineAt = ({ lines, first }: LogView, line: number): OutputLine | undefined => lines[line - first];

const endOf = ({ lines, first }: LogView): number => first + lines.length;

interface Chopped {
  readonly room: number;
  readonly parts: readonly string[];
}

/** A long line is asked for once for each of its rows, and again for each frame. */
const known = new WeakMap<OutputLine, Chopped>();

const partsOf = (log: LogView, line: number, { width }: Pane): readonly string[] => {
  const output = lineAt(log, line);
  if (output === undefined) return [''];
  const room = width - GUTTER;
  const before = known.get(output);
  if (before?.room === room) return before.parts;
  const parts = chop(output.text, room);
  known.set(output, { room, parts });
  return parts;
};

const lastPlace = (log: LogView, pane: Pane): Anchor => {
  const line = endOf(log) - 1;
  return { line, part: partsOf(log, line, pane).length - 1 };
};

/** Lines that are kept no more cannot be looked at; a narrower pane gives other rows. */
const settled = (log: LogView, anchor: Anchor, pane: Pane): Anchor => {
  const line = Math.min(Math.max(anchor.line, log.first), endOf(log) - 1);
  if (line !== anchor.line) return { line, part: 0 };
  return { line, part: Math.min(anchor.part, partsOf(log, line, pane).length - 1) };
};

const rowOf = (log: LogView, { line, part }: Anchor, pane: Pane): LogRow => ({
  stream: lineAt(log, line)?.stream ?? 'out',
  starts: part === 0,
  text: partsOf(log, line, pane)[part] ?? '',
});

const above = (log: LogView, { line, part }: Anchor, pane: Pane): Anchor | null => {
  if (part > 0) return { line, part: part - 1 };
  if (line <= log.first) return null;
  return { line: line - 1, part: partsOf(log, line - 1, pane).length - 1 };
};

const below = (log: LogView, { line, part }: Anchor, pane: Pane): Anchor | null => {
  if (part + 1 < partsOf(log, line, pane).length) return { line, part: part + 1 };
  return line + 1 < endOf(log) ? { line: line + 1, part: 0 } : null;
};

const isBefore = (one: Anchor, other: Anchor): boolean =>
  one.line < other.line || (one.line === other.line && one.part < other.part);

/** The rows that a pane shows, from top to bottom; fewer than it has room for when there are no more. */
export const visibleRows = (log: LogView, pane: Pane): readonly LogRow[] => {
  if (endOf(log) === log.first || pane.height < 1) return [];
  const rows: LogRow[] = [];
  let place: Anchor | null = log.anchor === null ? lastPlace(log, pane) : settled(log, log.anchor, pane);
  // From where lines went away the pane is filled downwards, so that it stays full.
  const top = topmost(log, pane);
  if (top === null) place = lastPlace(log, pane);
  else if (isBefore(place, top)) place = top;
  while (place !== null && rows.length < pane.height) {
    rows.push(rowOf(log, place, pane));
    place = above(log, place, pane);
  }
  return rows.toReversed();
};

/** The anchor that has the first row at the top; `null` when all rows fit. */
const topmost = (log: LogView, pane: Pane): Anchor | null => {
  let place: Anchor | null = { line: log.first, part: 0 };
  for (let row = 1; row < pane.height && place !== null; row += 1) place = below(log, place, pane);
  return place === null || below(log, place, pane) === null ? null : place;
};

const moved = (log: LogView, from: Anchor, by: number, pane: Pane): Anchor | null => {
  let place: Anchor | null = from;
  const step = by < 0 ? above : below;
  for (let row = 0; row < Math.abs(by) && place !== null; row += 1) place = step(log, place, pane);
  return place;
};

/** Scrolls by rows; negative is up. Past the end it follows again. */
export const scroll = (log: LogView, by: number, pane: Pane): LogView => {
  if (endOf(log) === log.first) return log;
  const top = topmost(log, pane);
  if (top === null) return { ...log, anchor: null };
  const from = log.anchor === null ? lastPlace(log, pane) : settled(log, log.anchor, pane);
  const place = moved(log, from, by, pane);
  if (by >= 0) {
    const atEnd = place === null || below(log, place, pane) === null;
    return { ...log, anchor: atEnd ? null : place };
  }
  return { ...log, anchor: place === null || isBefore(place, top) ? top : place };
};

/** Shows the first rows that are kept. */
export const scrollToStart = (log: LogView, pane: Pane): LogView =>
  endOf(log) === log.first ? log : { ...log, anchor: topmost(log, pane) };

/** Follows the end, or stays where it is. */
export const toggleFollow = (log: LogView, pane: Pane): LogView => {
  if (log.anchor !== null) return { ...log, anchor: null };
  return endOf(log) === log.first ? log : { ...log, anchor: lastPlace(log, pane) };
};

/** How many lines are below what a pane shows. */
export const linesBelow = (log: LogView): number =>
  log.anchor === null ? 0 : Math.max(0, endOf(log) - 1 - Math.max(log.anchor.line, log.first));
