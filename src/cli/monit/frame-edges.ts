import type { Paint } from '../../report/look.ts';
import { formatBytes } from '../../util/bytes.ts';
import { displayWidth } from '../../util/display-width.ts';
import { formatDuration } from '../../util/duration.ts';
import { truncate } from '../../util/fit-text.ts';
import { sanitize } from '../../util/sanitize.ts';
import type { ServiceRow } from '../../model/service.ts';
import { percent } from './figures.ts';
import type { MonitState } from './monit-state.ts';

const NAME = 'devdoctor monit';

const countsOf = (services: readonly ServiceRow[]): string => {
  const counts = new Map<string, number>();
  for (const { status } of services) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
};

const totalsOf = (services: readonly ServiceRow[]): string => {
  const cpu = services.reduce((sum, { cpuPercent }) => sum + (cpuPercent ?? 0), 0);
  const memory = services.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0);
  return `cpu ${percent(cpu)}  memory ${formatBytes(memory)}`;
};

/** The first row: how all services are, or that nobody can say. */
export const headerOf = ({ size, services, lostSince, now }: MonitState, paint: Paint): string => {
  if (lostSince !== null) {
    const since = `supervisor not reachable, trying again (${formatDuration(now - lostSince)})`;
    const room = size.columns - displayWidth(NAME) - 2;
    if (displayWidth(since) > room) return paint.bad(truncate(since, size.columns));
    return `${paint.strong(NAME)}  ${paint.bad(since)}`;
  }
  if (services === null || services.length === 0) return paint.strong(NAME);
  const counts = truncate(countsOf(services), size.columns - displayWidth(NAME) - 2);
  const totals = totalsOf(services);
  const blanks = size.columns - displayWidth(`${NAME}  ${counts}${totals}`);
  return `${paint.strong(NAME)}  ${counts}${blanks < 2 ? '' : `${' '.repeat(blanks)}${paint.dim(totals)}`}`;
};

const KEYS: readonly string[] = [
  'q quit',
  '↑↓ select',
  'r restart',
  's stop',
  't start',
  'tab pane',
  'f follow',
  '/ filter',
  'PgUp PgDn log',
  'z zoom',
];

const keysOf = (columns: number): string => {
  let text = '';
  for (const key of KEYS) {
    const longer = text === '' ? key : `${text}  ${key}`;
    if (displayWidth(longer) > columns) break;
    text = longer;
  }
  return text;
};

/** The last row: a question, what was said last, or the keys. */
export const footerOf = ({ mode, message, size, filter, now }: MonitState, paint: Paint): string => {
  const cut = (text: string): string => truncate(text, size.columns);
  if (mode.kind === 'confirm-stop') {
    const rest = ` (${mode.id})? y/n`;
    const name = truncate(sanitize(mode.name), Math.max(4, size.columns - 5 - rest.length));
    return paint.warn(`stop ${name}${rest}`);
  }
  if (mode.kind === 'filter') return cut(`show only: ${sanitize(filter)}▏  Enter keeps it, Esc shows all`);
  if (message === null || message.until <= now) return paint.dim(keysOf(size.columns));
  const text = cut(sanitize(message.text));
  return message.tone === 'plain' ? text : paint[message.tone](text);
};
