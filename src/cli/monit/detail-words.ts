import type { LastExit, ServiceDetail, ServiceRow } from '../../model/service.ts';
import type { Paint } from '../../report/look.ts';
import { formatBytes } from '../../util/bytes.ts';
import { formatDuration } from '../../util/duration.ts';
import { plural } from '../../util/plural.ts';
import { sanitize } from '../../util/sanitize.ts';

/** A sentence about a service. */
export interface DetailLine {
  readonly tone: keyof Paint | null;
  readonly text: string;
}

const problemOf = ({ blockedBy, reason }: ServiceRow): readonly DetailLine[] => {
  if (blockedBy !== null) {
    const text = `port ${blockedBy.port} is held by ${sanitize(blockedBy.holder)}: devdoctor fix --port ${blockedBy.port}`;
    return [{ tone: 'bad', text }];
  }
  return reason === null ? [] : [{ tone: 'bad', text: sanitize(reason) }];
};

const runOf = (row: ServiceRow, detail: ServiceDetail | null): DetailLine => {
  if (row.pid === null) return { tone: null, text: 'not running' };
  const processes =
    detail === null || detail.pids.length < 2 ? '' : ` (${plural(detail.pids.length, 'process', 'processes')})`;
  const ports = row.ports.length === 0 ? 'no port' : `port ${row.ports.join(', ')}`;
  const instance = row.instances > 1 && detail !== null ? ` · instance ${detail.instance + 1} of ${row.instances}` : '';
  return { tone: null, text: `pid ${row.pid}${processes} · ${ports} · ${row.mode}${instance}` };
};

const howItEnded = ({ code, signal }: LastExit): string => {
  if (signal !== null) return `ended by ${sanitize(signal)}`;
  return code === null ? 'ended unseen' : `exit code ${code}`;
};

const exitOf = ({ lastExit, status }: ServiceRow, now: number): readonly DetailLine[] => {
  if (lastExit === null) return [];
  const at = Date.parse(lastExit.at);
  const how = `${howItEnded(lastExit)}${Number.isNaN(at) ? '' : `, ${formatDuration(now - at)} ago`}`;
  const words = lastExit.rootCause === null ? how : `${sanitize(lastExit.rootCause)} (${how})`;
  const tone = status === 'online' || status === 'stopped' ? 'dim' : 'warn';
  const evidence =
    lastExit.evidence === null ? [] : [{ tone, text: `"${sanitize(lastExit.evidence).trim()}"` } as const];
  return [{ tone, text: `last exit: ${words}` }, ...evidence];
};

const memoryLimitOf = ({ spec, memoryBytes }: ServiceDetail): string => {
  if (spec.maxMemoryBytes === null) return 'no memory limit';
  const used = memoryBytes === null ? '' : `, ${Math.round((100 * memoryBytes) / spec.maxMemoryBytes)} % used`;
  return `memory limit ${formatBytes(spec.maxMemoryBytes)}${used}`;
};

const limitsOf = (row: ServiceRow, detail: ServiceDetail): DetailLine => {
  const { autorestart, maxRestarts } = detail.spec;
  const restarts = autorestart ? `unstable restarts ${row.unstableRestarts} of ${maxRestarts}` : 'no automatic restart';
  return { tone: 'dim', text: `${memoryLimitOf({ ...detail, memoryBytes: row.memoryBytes })} · ${restarts}` };
};

const scriptOf = ({ spec }: ServiceDetail): DetailLine => ({
  tone: 'dim',
  text: `${sanitize(spec.script)} in ${sanitize(spec.cwd)}`,
});

/** What there is to say about a service, the most pressing first. `detail` is `null` while it is not known. */
export const detailWords = (row: ServiceRow, detail: ServiceDetail | null, now: number): readonly DetailLine[] => [
  ...problemOf(row),
  runOf(row, detail),
  ...exitOf(row, now),
  ...(detail === null ? [] : [limitsOf(row, detail), scriptOf(detail)]),
];
