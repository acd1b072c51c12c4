import type { PortRow, PortsResult } from '../model/results.ts';
import { formatBytes } from '../util/bytes.ts';
import { formatDuration } from '../util/duration.ts';
import { plural } from '../util/plural.ts';
import { sanitize } from '../util/sanitize.ts';
import type { Look } from './look.ts';
import { table, type Column } from './table.ts';

const NONE = '–';
const CELL_LIMIT = 120;

const COLUMNS: readonly Column[] = [
  { heading: 'port', flexible: false },
  { heading: 'address', flexible: true, droppable: true },
  { heading: 'pid', flexible: false },
  { heading: 'process', flexible: true },
  { heading: 'project', flexible: true, droppable: true },
  { heading: 'up', flexible: false, droppable: true },
  { heading: 'memory', flexible: false, droppable: true },
  { heading: 'kept by', flexible: true, droppable: true },
];

const folderName = (path: string): string => path.replace(/^.*[\\/](?=.)/, '');

const cellsOf = (row: PortRow): readonly string[] => [
  `${row.port}${row.protocol === 'udp' ? '/udp' : ''}`,
  row.addresses.join(' '),
  row.pid === null ? NONE : String(row.pid),
  sanitize(
    row.command === null || row.command === ''
      ? (row.name ?? `hidden${row.user === null ? '' : `, of ${row.user}`}`)
      : row.command,
    CELL_LIMIT,
  ),
  row.project === null ? NONE : sanitize(folderName(row.project), CELL_LIMIT),
  row.upMs === null ? NONE : formatDuration(row.upMs),
  row.memoryBytes === null ? NONE : formatBytes(row.memoryBytes),
  row.managedBy === null ? NONE : sanitize(`${row.managedBy.kind} ${row.managedBy.unit}`, CELL_LIMIT),
];

/** A table of listeners. */
export const prettyPorts = ({ rows, omitted, notes }: PortsResult, look: Look): string => {
  const { paint } = look;
  const [heading = '', ...lines] = table(COLUMNS, rows.map(cellsOf), look.width);
  const more = omitted === 0 ? [] : [paint.dim(`${plural(omitted, 'more row')} with --all`)];
  const body = rows.length === 0 ? ['Nothing of yours listens here.'] : [paint.dim(heading), ...lines];
  return `${[...body, ...more, ...notes.map((note) => paint.dim(note))].join('\n')}\n`;
};
