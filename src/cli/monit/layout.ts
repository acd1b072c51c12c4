import type { Size } from './monit-state.ts';

/** A rectangle of the window; rows and columns are counted from 1. */
export interface Box {
  readonly row: number;
  readonly column: number;
  readonly width: number;
  readonly height: number;
}

/** Where each pane lies. */
export interface Layout {
  readonly services: Box;
  /** `null` where there is no room. */
  readonly details: Box | null;
  readonly log: Box;
}

/** The smallest window that shows anything useful. */
export const SMALLEST: Size = { columns: 30, rows: 8 };

/** From here on the details lie beside the services and not below them. */
const WIDE = 100;
/** Rows between header and footer from which there are details. */
const TALL = 12;
/** Columns between two panes. */
const BORDER = 3;
/** A pane's title and its headings. */
const SERVICE_HEAD = 2;
const LEAST_SERVICES = 3;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

const besideEachOther = (columns: number, room: number, count: number): Layout => {
  const half = Math.max(6, Math.floor(room / 2));
  const height = clamp(count + SERVICE_HEAD, Math.min(10, half), half);
  const width = Math.floor(columns * 0.55);
  const column = width + BORDER + 1;
  return {
    services: { row: 2, column: 1, width, height },
    details: { row: 2, column, width: columns - column + 1, height },
    log: { row: 2 + height, column: 1, width: columns, height: room - height },
  };
};

const detailRows = (room: number): number => {
  if (room < TALL) return 0;
  if (room < 16) return 3;
  return room < 24 ? 6 : 9;
};

const aboveEachOther = (width: number, room: number, count: number): Layout => {
  const details = detailRows(room);
  const most = Math.max(LEAST_SERVICES, Math.floor((room - details) / 2));
  const services = clamp(count + SERVICE_HEAD, LEAST_SERVICES, most);
  return {
    services: { row: 2, column: 1, width, height: services },
    details: details === 0 ? null : { row: 2 + services, column: 1, width, height: details },
    log: { row: 2 + services + details, column: 1, width, height: room - services - details },
  };
};

/** Shares a window out between the panes, under one row of header and over one of footer; `null` when it is too small. */
export const layoutOf = ({ columns, rows }: Size, services: number): Layout | null => {
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) return null;
  const room = rows - 2;
  return columns >= WIDE && room >= TALL
    ? besideEachOther(columns, room, services)
    : aboveEachOther(columns, room, services);
};

/** How many rows and columns of a pane are for its content, under its title. */
export const insideOf = ({ width, height }: Box): { readonly width: number; readonly height: number } => ({
  width,
  height: height - 1,
});
