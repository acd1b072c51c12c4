import type { Evidence } from '../../model/finding.ts';
import type { PortOccupancy, PortSocket } from '../../model/port.ts';
import type { ProcessInfo } from '../../model/process.ts';
import { formatBytes } from '../../util/bytes.ts';
import { formatDuration } from '../../util/duration.ts';
import { plural } from '../../util/plural.ts';
import type { Classification } from './classify.ts';
import type { Held } from './holders.ts';

const endpoint = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

const socketText = ({ address, port, state, remote, user, uid }: PortSocket): string => {
  const owner = user ?? (uid === null ? null : `user ${uid}`);
  const to = remote === null ? '' : ` to ${endpoint(remote.address, remote.port)}`;
  return `${endpoint(address, port)} ${state}${to}${owner === null ? '' : `, socket of ${owner}`}`;
};

/** What in the process itself says that whoever started it is gone. */
const remarksOn = (process: ProcessInfo, abandoned: boolean): string[] => [
  ...(process.state === 'stopped' ? ['it is suspended, as by Ctrl-Z: it holds the port and answers nobody'] : []),
  ...(process.cwd?.deleted === true ? ['its folder was removed'] : []),
  ...(process.executable?.deleted === true ? ['its program was removed or upgraded since'] : []),
  ...(abandoned ? ['whoever started it is gone'] : []),
];

const holderEvidence = (held: Held, now: number): Evidence[] => {
  const { holder, process, abandoned } = held;
  const source = `process ${holder.pid}`;
  if (process === null) return [{ text: `${holder.pid} ended while it was looked at`, source }];
  const memory = process.memoryBytes === null ? [] : [formatBytes(process.memoryBytes)];
  const facts = [`up ${formatDuration(now - process.startedAt)}`, ...memory];
  if (holder.connections !== null && holder.connections > 0) facts.push(plural(holder.connections, 'connection'));
  return [
    { text: facts.join(', '), source },
    ...remarksOn(process, abandoned && holder.managedBy === null).map((text) => ({ text, source })),
  ];
};

/** Two processes on the two loopbacks: browsers reach one of them, and which is chance. */
export const isFamilyConflict = (held: readonly Held[]): boolean => {
  const families = held.map(({ holder }) => holder.addresses.map((address) => (address.includes(':') ? 'v6' : 'v4')));
  const shared = held.every(({ holder }) => holder.addresses.join() === held[0]?.holder.addresses.join());
  return held.length > 1 && !shared && new Set(families.flat()).size > 1;
};

/** What was seen, each with where it was seen. */
export const evidenceFor = (
  occupancy: PortOccupancy,
  { state, sockets, privileged }: Classification,
  held: readonly Held[],
  now: number,
): readonly Evidence[] => {
  const { port, probes, blindSpots, ephemeralRange, firstUnprivilegedPort } = occupancy;
  const failed = probes.filter(({ outcome }) => outcome === 'in-use' || outcome === 'not-permitted');
  const evidence: Evidence[] = failed.map(({ address, code }) => ({
    text: `binding ${endpoint(address, port)} fails with ${code}`,
    source: 'bind probe',
  }));
  evidence.push(...sockets.map((socket) => ({ text: socketText(socket), source: 'socket table' })));
  evidence.push(...held.flatMap((one) => holderEvidence(one, now)));
  if (isFamilyConflict(held)) {
    evidence.push({
      text: 'IPv4 and IPv6 are held by two processes: localhost reaches one or the other',
      source: 'socket table',
    });
  }
  if (privileged)
    evidence.push({ text: `ports below ${firstUnprivilegedPort} need rights`, source: 'ip_unprivileged_port_start' });
  const [low, high] = ephemeralRange ?? [0, -1];
  if ((state === 'connected' || state === 'time-wait') && port >= low && port <= high) {
    evidence.push({
      text: `port ${port} is in ${low}-${high}, from which any client may be given one`,
      source: 'ip_local_port_range',
    });
  }
  const unseen = sockets.some(({ holders, state: socketState }) => holders.length === 0 && socketState !== 'time-wait');
  if (unseen || sockets.length === 0) evidence.push(...blindSpots.map((text) => ({ text, source: 'processes' })));
  return evidence;
};
