import type { ListResult } from '../model/service-results.ts';
import type { ServiceRow } from '../model/service.ts';
import { formatBytes } from '../util/bytes.ts';
import { formatDuration } from '../util/duration.ts';
import { sanitize } from '../util/sanitize.ts';
import { labelledCommand, paragraph } from './lines.ts';
import type { Look, Paint } from './look.ts';
import { causeText, lastExitText, statusText } from './service-words.ts';
import { table, type Column } from './table.ts';

const NONE = '–';
const CELL_LIMIT = 120;
const SHOWN_PORTS = 3;
const USUAL_NAMESPACE = 'default';

const COLUMNS: readonly Column[] = [
  { heading: 'id', flexible: false },
  { heading: 'name', flexible: true },
  { heading: 'namespace', flexible: true, droppable: 9 },
  { heading: 'mode', flexible: false, droppable: 8 },
  { heading: 'status', flexible: false },
  { heading: 'pid', flexible: false, droppable: 2 },
  { heading: 'up', flexible: false, droppable: 5 },
  { heading: 'restarts', flexible: false, droppable: 4 },
  { heading: 'cpu', flexible: false, droppable: 7 },
  { heading: 'memory', flexible: false, droppable: 6 },
  { heading: 'port', flexible: false, droppable: 1 },
  { heading: 'last exit', flexible: true, least: 20, droppable: 3 },
];

const or = <T>(value: T | null, text: (value: T) => string): string => (value === null ? NONE : text(value));

const portsText = ({ ports, blockedBy }: ServiceRow): string => {
  const shown = ports.length === 0 && blockedBy !== null ? [blockedBy.port] : ports;
  if (shown.length === 0) return NONE;
  const more = shown.length - SHOWN_PORTS;
  return `${shown.slice(0, SHOWN_PORTS).join(' ')}${more > 0 ? ` +${more}` : ''}`;
};

const lastText = ({ blockedBy, lastExit }: ServiceRow, now: number): string => {
  if (blockedBy !== null) return sanitize(`port held by ${blockedBy.holder}`, CELL_LIMIT);
  return lastExit === null ? '' : lastExitText(lastExit, now);
};

const cellsOf = (row: ServiceRow, now: number): readonly string[] => [
  String(row.id),
  sanitize(row.name, CELL_LIMIT),
  sanitize(row.namespace, CELL_LIMIT),
  row.mode,
  statusText(row),
  or(row.pid, String),
  or(row.uptimeMs, formatDuration),
  String(row.restarts),
  or(row.cpuPercent, (percent) => `${percent.toFixed(1)}%`),
  or(row.memoryBytes, formatBytes),
  portsText(row),
  lastText(row, now),
];

/** The line of a service is emphasised as a whole: a part of it could be found only by its text. */
const paintOf = ({ status }: ServiceRow, paint: Paint): ((text: string) => string) => {
  if (status === 'errored' || status === 'blocked') return paint.bad;
  if (status === 'stopped') return paint.dim;
  return status === 'online' ? (text) => text : paint.warn;
};

const rowsOf = (services: readonly ServiceRow[], look: Look, now: number): readonly string[] => {
  const named = services.some(({ namespace }) => namespace !== USUAL_NAMESPACE);
  const isShown = (_: unknown, index: number): boolean => named || COLUMNS[index]?.heading !== 'namespace';
  const cells = services.map((row) => cellsOf(row, now).filter(isShown));
  const [heading = '', ...lines] = table(COLUMNS.filter(isShown), cells, look.width);
  return [
    look.paint.dim(heading),
    ...lines.map((line, index) => {
      const row = services[index];
      return row === undefined ? line : paintOf(row, look.paint)(line);
    }),
  ];
};

/** What is wrong with a service, and the next command; nothing where nothing is. */
const troubleOf = (
  row: ServiceRow,
): { readonly text: string; readonly label: string; readonly command: string } | null => {
  const { name, status, blockedBy, reason, lastExit } = row;
  if (status === 'blocked' && blockedBy !== null) {
    const text = `${name} waits for port ${blockedBy.port}, held by ${blockedBy.holder}`;
    return { text, label: 'fix', command: `devdoctor fix --port ${blockedBy.port}` };
  }
  if (status !== 'errored' && status !== 'waiting restart') return null;
  const cause = lastExit === null ? null : causeText(lastExit);
  const what = status === 'errored' ? 'is down' : 'is about to be started again';
  const text = `${name} ${what}: ${reason ?? cause ?? 'see its logs'}`;
  return lastExit !== null && lastExit.rootCause !== null
    ? { text, label: 'why', command: `devdoctor explain ${lastExit.rootCause}` }
    : { text, label: 'why', command: `devdoctor logs ${row.id} --err --nostream` };
};

const troubleLines = (services: readonly ServiceRow[], { paint, width }: Look): readonly string[] =>
  services.flatMap((row) => {
    const trouble = troubleOf(row);
    if (trouble === null) return [];
    const mark = row.status === 'waiting restart' ? paint.warn('▲') : paint.bad('✖');
    const [first = '', ...rest] = paragraph(trouble.text, 2, width);
    const command = labelledCommand(trouble.label, trouble.command, 4, paint.good, paint.command);
    return ['', `${mark} ${first.trimStart()}`, ...rest, command];
  });

/** The table of services, and below it what is wrong with any. */
export const prettyList = ({ services }: Pick<ListResult, 'services'>, look: Look, now: number): string => {
  if (services.length === 0) return `No services. ${look.paint.command('devdoctor start')} …\n`;
  return `${[...rowsOf(services, look, now), ...troubleLines(services, look)].join('\n')}\n`;
};
