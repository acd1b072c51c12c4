import type { Evidence } from '../../model/finding.ts';
import type { LogFacts, ServiceLog } from '../../model/log.ts';
import type { PortOccupancy } from '../../model/port.ts';
import { devTreeRoot } from '../../programs/dev-tree.ts';
import { labelOf } from '../../programs/label-of.ts';
import type { ProcessTable } from '../../programs/lineage.ts';
import { localPortOf } from '../../programs/log-ports.ts';
import { isAbandoned } from '../../programs/starters.ts';
import { treeBytes } from '../../programs/tree-bytes.ts';
import { formatBytes } from '../../util/bytes.ts';

const NAME_LIMIT = 60;

/** Causes that are about memory. */
const MEMORY_CAUSES: ReadonlySet<string> = new Set(['HEAP_OOM', 'OOM_KILLED', 'PM2_MEMORY_LIMIT', 'SIGKILL']);

/** A cause that the log names, beside what the machine shows of it now. */
export interface Join {
  readonly evidence: readonly Evidence[];
  /** The port that is held now, so that freeing it is the remedy. */
  readonly heldPort: number | null;
  /** Who holds it, in words; `null` when nobody does or nobody can be named. */
  readonly holder: string | null;
}

const NOTHING: Join = { evidence: [], heldPort: null, holder: null };

const NOW = 'the machine now';

const holderOf = (occupancy: PortOccupancy, processes: ProcessTable): string | null => {
  const listening = occupancy.sockets.filter(({ state }) => state === 'listening');
  const [first] = listening.flatMap(({ holders }) => holders);
  if (first === undefined) return null;
  const process = processes.get(first.pid);
  if (process === undefined) return `process ${first.pid}`;
  const root = devTreeRoot(process, processes, () => false);
  const left = isAbandoned(root, processes) ? ' (left behind)' : '';
  return `${process.pid} ${labelOf(process, NAME_LIMIT)}${left}`;
};

const isHeld = ({ probes }: PortOccupancy): boolean => probes.some(({ outcome }) => outcome === 'in-use');

const ofTakenPort = (occupancy: PortOccupancy, processes: ProcessTable): Join => {
  const { port } = occupancy;
  if (!isHeld(occupancy)) return { ...NOTHING, evidence: [{ text: `port ${port} is free now`, source: NOW }] };
  const holder = holderOf(occupancy, processes);
  const text = `port ${port} is held now by ${holder ?? 'a process that cannot be seen'}`;
  return { evidence: [{ text, source: NOW }], heldPort: port, holder };
};

const ofRefusingPort = (occupancy: PortOccupancy, processes: ProcessTable): Join => {
  const { port } = occupancy;
  const holder = holderOf(occupancy, processes);
  const text = isHeld(occupancy)
    ? `${holder ?? 'something'} listens on port ${port} now`
    : `nothing listens on port ${port} now`;
  return { ...NOTHING, evidence: [{ text, source: NOW }] };
};

const ofMemory = ({ trees }: LogFacts): Join => ({
  ...NOTHING,
  evidence: trees
    .filter(({ members }) => members.length > 0)
    .map(({ tree, members, group }) => {
      const most = group === null ? '' : `; its control group allows ${formatBytes(group.limitBytes)}`;
      const text = `${tree.root.pid} ${labelOf(tree.root, NAME_LIMIT)} uses ${formatBytes(treeBytes(members))} now${most}`;
      return { text, source: NOW };
    }),
});

/** Joins what a log says with what the facts of this instant show. */
export const joinOf = (
  service: ServiceLog,
  facts: LogFacts,
  ports: readonly PortOccupancy[],
  processes: ProcessTable,
): Join => {
  const { rootCause } = service;
  const port = localPortOf(rootCause);
  const occupancy = ports.find((candidate) => candidate.port === port);
  if (occupancy !== undefined && rootCause.code === 'EADDRINUSE') return ofTakenPort(occupancy, processes);
  if (occupancy !== undefined) return ofRefusingPort(occupancy, processes);
  return MEMORY_CAUSES.has(rootCause.code) ? ofMemory(facts) : NOTHING;
};
