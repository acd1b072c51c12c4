import { nearestProject } from '../config/find-project.ts';
import type { Platform } from '../model/platform.ts';
import type { PortSocket } from '../model/port.ts';
import type { ProcessInfo, ProcessRef } from '../model/process.ts';
import { SCHEMA_VERSION, type PortRow, type PortsResult } from '../model/results.ts';
import { read, type Reading } from '../model/snapshot.ts';
import { ancestorsOf, tableOf, type ProcessTable } from '../programs/lineage.ts';
import { recognizeManager } from '../programs/recognize-manager.ts';

type Group = Pick<PortRow, 'protocol' | 'port'> & {
  readonly addresses: string[];
  readonly holder: ProcessRef | null;
  readonly user: string | null;
};

/** One row per process and port: a server on both families is one server. */
const groupSockets = (sockets: readonly PortSocket[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const { protocol, port, address, holders, user } of sockets) {
    for (const holder of holders.length === 0 ? [null] : holders) {
      const key = `${protocol} ${port} ${holder?.pid ?? user}`;
      const group = groups.get(key) ?? { protocol, port, addresses: [], holder, user };
      if (!group.addresses.includes(address)) group.addresses.push(address);
      groups.set(key, group);
    }
  }
  return [...groups.values()].toSorted((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
};

const projectOf = ({ cwd }: ProcessInfo): string | null =>
  cwd === null || cwd.deleted ? null : nearestProject(cwd.path);

const rowOf = (
  { protocol, port, addresses, holder, user }: Group,
  table: ProcessTable,
  selfGroup: string | null,
  now: number,
): PortRow => {
  const process = holder === null ? undefined : table.get(holder.pid);
  const known = { protocol, port, addresses, pid: holder?.pid ?? null };
  if (process === undefined) {
    return { ...known, name: null, command: null, project: null, user, upMs: null, memoryBytes: null, managedBy: null };
  }
  return {
    ...known,
    name: process.name,
    command: process.command.join(' '),
    project: projectOf(process),
    user: process.user,
    upMs: Math.max(0, now - process.startedAt),
    memoryBytes: process.memoryBytes,
    managedBy: recognizeManager([process, ...ancestorsOf(process, table)], selfGroup),
  };
};

/** Lists listening TCP sockets of this user; with `all`, those of everybody and UDP. */
export const listPorts = async (all: boolean, platform: Platform, now: number): Promise<Reading<PortsResult>> => {
  const listeners = await platform.inspect.listeners();
  if (!listeners.ok) return listeners;
  const { uid, pid: selfPid } = platform.inspect.self();
  const mine = ({ protocol, ...socket }: PortSocket): boolean =>
    protocol === 'tcp' && (uid === null || socket.uid === null || socket.uid === uid);
  const shown = all ? listeners.value : listeners.value.filter(mine);
  const pids = [...new Set(shown.flatMap(({ holders }) => holders.map(({ pid }) => pid)))];
  const lineage = await platform.inspect.lineage([...pids, selfPid]);
  if (!lineage.ok) return lineage;
  const table = tableOf(lineage.value);
  const controlGroup = table.get(selfPid)?.controlGroup ?? null;
  const result: PortsResult = {
    schemaVersion: SCHEMA_VERSION,
    command: 'ports',
    rows: groupSockets(shown).map((group) => rowOf(group, table, controlGroup, now)),
    omitted: groupSockets(listeners.value).length - groupSockets(shown).length,
    notes: [],
  };
  return read(result, listeners.source);
};
