import { readFileSync } from 'node:fs';
import type { BindProbe, PortOccupancy, PortSocket } from '../../model/port.ts';
import { read, unreadable, type Reading } from '../../model/snapshot.ts';
import { plural } from '../../util/plural.ts';
import { findHolders } from './find-holders.ts';
import type { NetRow } from './parse-net.ts';
import { kinOf } from './kin.ts';
import { readNetTable } from './read-net.ts';
import type { ProcessReader } from './read-process.ts';

const TCP_TABLES = ['tcp', 'tcp6'] as const;
const UDP_TABLES = ['udp', 'udp6'] as const;

/** About 850 connections: enough to count a dev server's, too little to be felt. */
const CONNECTION_BYTES = 131_072;

/** A row without a holder may belong to a process that ended while we looked; a second look tells. */
const LOOKS = 3;

/** Above this, naming the holder of each accepted connection costs more than it tells. */
const MANY_CONNECTIONS = 64;

interface Rows {
  readonly rows: readonly NetRow[];
  readonly complete: boolean;
}

const readTables = (proc: string, tables: readonly string[], port: number | null, byteBudget: number): Rows => {
  const results = tables.map((table) =>
    readNetTable(proc, table, { port, listenersOnly: byteBudget === 0, byteBudget }),
  );
  return { rows: results.flatMap(({ rows }) => rows), complete: results.every(({ complete }) => complete) };
};

/** Listeners cost little; only where there is none must the whole table say what else blocks the port. */
const readTcp = (proc: string, port: number): Rows => {
  const near = readTables(proc, TCP_TABLES, port, CONNECTION_BYTES);
  const listens = near.rows.some((row) => row.state === 'listening');
  return listens || near.complete ? near : readTables(proc, TCP_TABLES, port, Number.POSITIVE_INFINITY);
};

const toSocket = (row: NetRow, holders: readonly number[], reader: ProcessReader): PortSocket => ({
  protocol: row.protocol,
  address: row.address,
  port: row.port,
  state: row.state,
  established: row.established,
  remote: row.state === 'listening' ? null : { address: row.remoteAddress, port: row.remotePort },
  uid: row.uid,
  user: reader.userName(row.uid),
  holders: holders.flatMap((pid) => {
    const fields = reader.stat(pid);
    return fields === null || fields.state === 'zombie' ? [] : [{ pid, startedAt: reader.startedAt(fields) }];
  }),
});

/** Sockets with their holders, and what kept some holders from view. */
interface HeldSockets {
  readonly sockets: readonly PortSocket[];
  readonly blindSpots: readonly string[];
}

/** Names the holders of the rows in one pass over the descriptors. */
export const holdersOf = (proc: string, rows: readonly NetRow[], reader: ProcessReader): HeldSockets => {
  const inodes = [...new Set(rows.map(({ inode }) => inode))].filter((inode) => inode > 0);
  if (inodes.length === 0) return { sockets: rows.map((row) => toSocket(row, [], reader)), blindSpots: [] };
  const scan = findHolders(proc, inodes, reader.pids(), (pid) => kinOf(reader, pid));
  const blindSpots = scan.faults.map((code) => `some processes could not be read (${code})`);
  if (scan.unreadable > 0)
    blindSpots.push(`${plural(scan.unreadable, 'process', 'processes')} of other users could not be read`);
  return { sockets: rows.map((row) => toSocket(row, scan.holders.get(row.inode) ?? [], reader)), blindSpots };
};

const range = (proc: string): readonly [number, number] | null => {
  try {
    const [low, high] = readFileSync(`${proc}/sys/net/ipv4/ip_local_port_range`, 'latin1')
      .trim()
      .split(/\s+/)
      .map(Number);
    return low === undefined || high === undefined ? null : [low, high];
  } catch {
    return null;
  }
};

const firstUnprivileged = (proc: string): number => {
  try {
    return Number(readFileSync(`${proc}/sys/net/ipv4/ip_unprivileged_port_start`, 'latin1'));
  } catch {
    return 1024;
  }
};

interface TcpLook extends HeldSockets {
  readonly connections: number | null;
}

const inodesOf = (rows: readonly NetRow[]): ReadonlySet<number> => new Set(rows.map(({ inode }) => inode));

const lookAtTcp = (proc: string, port: number, reader: ProcessReader): TcpLook => {
  for (let look = 1; ; look += 1) {
    const { rows, complete } = readTcp(proc, port);
    const listeners = rows.filter((row) => row.state === 'listening');
    const asked = listeners.length > 0 && rows.length > MANY_CONNECTIONS ? listeners : rows;
    const { sockets, blindSpots } = holdersOf(proc, asked, reader);
    const connections = complete ? rows.filter((row) => row.established).length : null;
    const lost = sockets.some((socket) => socket.state === 'listening' && socket.holders.length === 0);
    if (!lost || look === LOOKS) return { sockets, blindSpots, connections };
    const now = inodesOf(readTcp(proc, port).rows);
    if (listeners.every(({ inode }) => now.has(inode))) return { sockets, blindSpots, connections };
  }
};

/** Tells what occupies one port, given what binding it told. A free port costs no pass over descriptors. */
export const inspectPort = (
  proc: string,
  port: number,
  probes: readonly BindProbe[],
  reader: ProcessReader,
): Reading<PortOccupancy> => {
  if (probes.every(({ outcome }) => outcome === 'unavailable')) {
    const codes = [...new Set(probes.map(({ code }) => code))].join(', ');
    const reason = codes.includes('EMFILE') ? 'too-many-open-files' : 'tool-failed';
    return unreadable(reason, `port ${port} could not be bound for a test (${codes})`);
  }
  const free = probes.every(({ outcome }) => outcome === 'free' || outcome === 'unavailable');
  const tcp = free ? { sockets: [], blindSpots: [], connections: 0 } : lookAtTcp(proc, port, reader);
  const occupancy: PortOccupancy = {
    port,
    probes,
    sockets: tcp.sockets,
    connections: tcp.connections,
    ephemeralRange: free ? null : range(proc),
    firstUnprivilegedPort: free ? 1024 : firstUnprivileged(proc),
    published: null,
    blindSpots: tcp.blindSpots,
  };
  return read(occupancy, `bind probes, ${proc}/net, ${proc}/*/fd`);
};

/** The listeners of one port from the tables alone, for looking again without touching. */
export const inspectPortListeners = (proc: string, port: number, reader: ProcessReader): readonly PortSocket[] => {
  const rows = readTables(proc, TCP_TABLES, port, 0).rows.filter(({ state }) => state === 'listening');
  return holdersOf(proc, rows, reader).sockets;
};

/** Every listening TCP socket and every bound UDP socket. */
export const inspectListeners = (proc: string, reader: ProcessReader): HeldSockets => {
  const tcp = readTables(proc, TCP_TABLES, null, 0).rows.filter((row) => row.state === 'listening');
  const udp = readTables(proc, UDP_TABLES, null, 0).rows;
  return holdersOf(proc, [...tcp, ...udp], reader);
};
