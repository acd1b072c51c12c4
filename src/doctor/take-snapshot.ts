import type { Platform } from '../model/platform.ts';
import type { PortOccupancy } from '../model/port.ts';
import type { ProcessInfo } from '../model/process.ts';
import { read, type Snapshot } from '../model/snapshot.ts';
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

/**
 * Looks once at the ports and at what holds them, and writes down what was seen. Holders come with all their
 * ancestors, and this command with its own: nobody may end what it runs in.
 */
export const takeSnapshot = async (ports: readonly number[], platform: Platform, now: number): Promise<Snapshot> => {
  const occupancies = await readPorts(ports, platform);
  const pids = occupancies.ok ? holderPids(occupancies.value) : [];
  const processes =
    pids.length === 0
      ? read([], 'nothing to look at')
      : await platform.inspect.lineage([...new Set([...pids, platform.inspect.self().pid])]);
  if (!occupancies.ok || !processes.ok || pids.length === 0) {
    return { takenAt: now, platform: platform.name, readings: { ports: occupancies, processes } };
  }
  const enriched = await Promise.all(occupancies.value.map((port) => withContainer(port, processes.value, platform)));
  return {
    takenAt: now,
    platform: platform.name,
    readings: { ports: read(enriched, occupancies.source), processes },
  };
};
