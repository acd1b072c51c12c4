import type { MemorySeries } from '../model/dev-tree.ts';
import type { Clock } from '../model/clock.ts';
import type { Platform } from '../model/platform.ts';
import type { PortOccupancy } from '../model/port.ts';
import type { ProcessInfo } from '../model/process.ts';
import type { LogFacts, LogRequest } from '../model/log.ts';
import { read, type FactName, type Reading, type Snapshot } from '../model/snapshot.ts';
import { portsNamedIn } from '../programs/log-ports.ts';
import { findPublished } from '../probes/published-container.ts';
import { readPorts } from '../probes/ports.ts';
import { frontManOf } from '../programs/front-men.ts';

const holderPids = (ports: readonly PortOccupancy[]): readonly number[] =>
  ports.flatMap(({ sockets }) => sockets.flatMap(({ holders }) => holders.map(({ pid }) => pid)));

const withContainer = async (
  port: PortOccupancy,
  processes: readonly ProcessInfo[],
  platform: Platform,
): Promise<PortOccupancy> => {
  const holders = new Set(holderPids([port]));
  const kinds = new Set(processes.filter(({ pid }) => holders.has(pid)).map((process) => frontManOf(process)?.kind));
  if (kinds.has('docker-proxy') || kinds.has('container-engine')) {
    return { ...port, published: await findPublished('docker', port.port, platform) };
  }
  return kinds.has('podman-forwarder')
    ? { ...port, published: await findPublished('podman', port.port, platform) }
    : port;
};

const pidsIn = (reading: Reading<readonly PortOccupancy[]>): readonly number[] =>
  reading.ok ? holderPids(reading.value) : [];

/** Looks at the ports that were asked for and at those that logs name: the holders of both are read at once. */
const lookAtPorts = async (
  ports: readonly number[],
  named: readonly number[],
  platform: Platform,
): Promise<Snapshot['readings']> => {
  const occupancies = await readPorts(ports, platform);
  const logPorts = await readPorts(named, platform);
  const pids = [...pidsIn(occupancies), ...pidsIn(logPorts)];
  const processes =
    pids.length === 0
      ? read([], 'nothing to look at')
      : await platform.inspect.lineage([...new Set([...pids, platform.inspect.self().pid])]);
  if (!occupancies.ok || !processes.ok || pids.length === 0) return { ports: occupancies, logPorts, processes };
  const enriched = await Promise.all(occupancies.value.map((port) => withContainer(port, processes.value, platform)));
  return { ports: read(enriched, occupancies.source), logPorts, processes };
};

const NO_LOGS: Reading<LogFacts> = read({ services: [], outcomes: [], named: false, trees: [] }, 'no logs');

/** Reading logs takes code that no other look needs. */
const lookAtLogs = async ({ logs }: SnapshotRequest): Promise<Reading<LogFacts>> =>
  logs === null || logs.inputs.length === 0 ? NO_LOGS : (await import('../probes/logs.ts')).readLogs(logs);

/** What logs say of memory is told beside what is used now. */
const withTrees = (logs: Reading<LogFacts>, memory: Snapshot['readings']['memory']): Reading<LogFacts> =>
  logs.ok && memory?.ok === true ? read({ ...logs.value, trees: memory.value.trees }, logs.source) : logs;

/** What to look at, and what was seen before. */
export interface SnapshotRequest {
  readonly needs: ReadonlySet<FactName>;
  readonly ports: readonly number[];
  /** The logs to read; `null` for none. */
  readonly logs: LogRequest | null;
  readonly series: readonly MemorySeries[];
  /** The smallest memory limit that the project sets; `null` where it sets none. */
  readonly leastLimitBytes: number | null;
  readonly clock: Clock;
}

/**
 * Looks once at all that is needed, and writes down what was seen. Holders of ports come with all their ancestors,
 * and this command with its own: nobody may end what it runs in.
 */
export const takeSnapshot = async (request: SnapshotRequest, platform: Platform): Promise<Snapshot> => {
  const { needs, ports, clock } = request;
  const takenAt = clock.now();
  const logs = needs.has('logs') ? await lookAtLogs(request) : NO_LOGS;
  const aboutPorts = needs.has('ports') || needs.has('processes');
  const aboutProcesses = needs.has('devTrees') || needs.has('leftovers') || needs.has('memory');
  const processes = aboutProcesses
    ? await (await import('./look-at-processes.ts')).lookAtProcesses(request, platform)
    : {};
  return {
    takenAt,
    platform: platform.name,
    readings: {
      ...(aboutPorts
        ? await lookAtPorts(needs.has('ports') ? ports : [], logs.ok ? portsNamedIn(logs.value) : [], platform)
        : {}),
      ...processes,
      ...(needs.has('logs') ? { logs: withTrees(logs, processes.memory) } : {}),
    },
  };
};
