import type { ServiceRow, ServiceStatus } from '../../model/service.ts';
import type { Paint } from '../../report/look.ts';
import { displayWidth } from '../../util/display-width.ts';
import { truncate } from '../../util/fit-text.ts';
import { sanitize } from '../../util/sanitize.ts';
import { rowOf, titleOf, type Cell } from './cells.ts';
import { length, percent, size } from './figures.ts';
import type { Box } from './layout.ts';
import type { MonitState } from './monit-state.ts';
import { placeOf, shownServices } from './shown-services.ts';

const STATUS_TONE: Readonly<Record<ServiceStatus, keyof Paint>> = {
  online: 'good',
  launching: 'warn',
  stopping: 'warn',
  stopped: 'dim',
  errored: 'bad',
  'waiting restart': 'warn',
  blocked: 'bad',
};

interface Figure {
  readonly heading: string;
  readonly width: number;
  readonly text: (row: ServiceRow) => string;
}

const FIGURES: readonly Figure[] = [
  { heading: 'cpu', width: 6, text: ({ cpuPercent }) => percent(cpuPercent) },
  { heading: 'memory', width: 7, text: ({ memoryBytes }) => size(memoryBytes) },
  { heading: 'restarts', width: 8, text: ({ restarts }) => String(restarts) },
  { heading: 'uptime', width: 6, text: ({ uptimeMs }) => length(uptimeMs) },
];

const LEAST_NAME = 10;
const SHORT_STATUS = 9;
const LONG_STATUS = 15;

interface Widths {
  readonly id: number;
  readonly name: number;
  readonly status: number;
  readonly figures: readonly Figure[];
}

/** Figures come in as long as the name keeps its room, the most telling ones first; then the status its longest word. */
const widthsFor = (width: number, rows: readonly ServiceRow[]): Widths => {
  const id = Math.max(2, ...rows.map((row) => String(row.id).length));
  let room = width - 2 - (id + 1) - (SHORT_STATUS + 1);
  const figures = FIGURES.filter((figure) => {
    const fits = room - (figure.width + 1) >= LEAST_NAME;
    if (fits) room -= figure.width + 1;
    return fits;
  });
  const longest = Math.max(4, ...rows.map(({ name }) => displayWidth(sanitize(name))));
  const status = room - (LONG_STATUS - SHORT_STATUS) >= Math.min(longest, LEAST_NAME * 2) ? LONG_STATUS : SHORT_STATUS;
  return { id, status, figures, name: Math.max(4, Math.min(longest, room - (status - SHORT_STATUS))) };
};

const serviceCells = (row: ServiceRow, chosen: boolean, widths: Widths, paint: Paint): readonly Cell[] => [
  { text: chosen ? '▸' : '', width: 1 },
  { text: String(row.id), width: widths.id, align: 'right' },
  { text: sanitize(row.name), width: widths.name, paint: chosen ? paint.strong : (text) => text },
  { text: row.status, width: widths.status, paint: paint[STATUS_TONE[row.status]] },
  ...widths.figures.map((figure): Cell => ({ text: figure.text(row), width: figure.width, align: 'right' })),
];

const headCells = (widths: Widths, { dim }: Paint): readonly Cell[] => [
  { text: '', width: 1 },
  { text: 'id', width: widths.id, align: 'right', paint: dim },
  { text: 'name', width: widths.name, paint: dim },
  { text: 'status', width: widths.status, paint: dim },
  ...widths.figures.map(({ heading, width }): Cell => ({ text: heading, width, align: 'right', paint: dim })),
];

const paneTitle = ({ services, filter }: MonitState, shown: number): string => {
  const all = services?.length ?? 0;
  return filter === '' ? `services (${all})` : `services matching "${sanitize(filter)}" (${shown} of ${all})`;
};

const emptyWords = ({ services }: MonitState): string => {
  if (services === null) return '  asking the supervisor';
  return services.length === 0 ? '  no services: devdoctor start FILE' : '  none matches: Esc shows all';
};

/** The services, scrolled so that the chosen one can be seen. */
export const servicePane = (state: MonitState, box: Box, paint: Paint): readonly string[] => {
  const shown = shownServices(state);
  const focused = state.pane === 'services';
  const title = titleOf(paneTitle(state, shown.length), box.width, focused);
  const head = [focused ? paint.strong(title) : paint.dim(title)];
  if (shown.length === 0) return [...head, paint.dim(truncate(emptyWords(state), box.width))];
  const widths = widthsFor(box.width, shown);
  const room = Math.max(0, box.height - 2);
  const start = Math.max(0, Math.min(placeOf(state) - Math.floor(room / 2), shown.length - room));
  const rows = shown
    .slice(start, start + room)
    .map((row) => rowOf(serviceCells(row, row.id === state.selected, widths, paint), box.column));
  return [...head, rowOf(headCells(widths, paint), box.column), ...rows];
};
