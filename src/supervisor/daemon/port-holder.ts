import type { Platform } from '../../model/platform.ts';
import type { PortOccupancy } from '../../model/port.ts';
import type { ProcessInfo } from '../../model/process.ts';
import type { BirthMark, PortBlock } from '../../model/service.ts';
import { labelOf } from '../../programs/label-of.ts';
import { recognizeManager } from '../../programs/recognize-manager.ts';
import type { ServiceRecord } from '../state/records.ts';
import { neededPort } from '../state/instance-environment.ts';

/** From here on the kernel hands ports to clients: who listened there once got the port by chance. */
const FIRST_EPHEMERAL = 32_768;
const LABEL_COLUMNS = 60;

/** The ports that a service needs: the one its configuration names, else those it listened on when it ran last. */
export const portsNeeded = ({ spec, instance, ports }: ServiceRecord): readonly number[] => {
  const named = neededPort(spec, instance);
  return named === null ? ports.filter((port) => port < FIRST_EPHEMERAL) : [named];
};

const isTaken = ({ probes, sockets }: PortOccupancy): boolean =>
  sockets.some(({ state }) => state === 'listening') || probes.some(({ outcome }) => outcome === 'in-use');

const holdersOf = ({ sockets }: PortOccupancy): readonly number[] => [
  ...new Set(sockets.flatMap(({ holders }) => holders.map(({ pid }) => pid))),
];

/** A process and its ancestors, nearest first. */
const lineOf = (pid: number, family: readonly ProcessInfo[]): readonly ProcessInfo[] => {
  const line: ProcessInfo[] = [];
  let at = family.find((candidate) => candidate.pid === pid);
  while (at !== undefined && !line.includes(at)) {
    line.push(at);
    const { parentPid } = at;
    at = family.find((candidate) => candidate.pid === parentPid);
  }
  return line;
};

const nameHolder = async (pid: number, platform: Platform): Promise<string> => {
  const reading = await platform.inspect.lineage([pid]);
  const line = reading.ok ? lineOf(pid, reading.value) : [];
  const [process] = line;
  if (process === undefined) return String(pid);
  const manager = recognizeManager(line, null);
  // What it is called says more than how it is run.
  if (manager?.kind === 'devdoctor') return `${pid} ${manager.unit} (a service of devdoctor)`;
  const about = [
    ...(manager === null ? [] : [`${manager.kind} ${manager.unit}`]),
    ...(process.user === null ? [] : [`user ${process.user}`]),
  ];
  return `${pid} ${labelOf(process, LABEL_COLUMNS)}${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
};

const blockOf = async (occupancy: PortOccupancy, platform: Platform, own: ReadonlySet<number>): Promise<PortBlock> => {
  const { port, sockets } = occupancy;
  const pid = holdersOf(occupancy).find((holder) => !own.has(holder));
  if (pid !== undefined) return { port, pid, holder: await nameHolder(pid, platform) };
  const user = sockets.find((socket) => socket.user !== null)?.user ?? null;
  const whose = user === null ? 'a process that this user may not see' : `a process of ${user}`;
  return {
    port,
    pid: null,
    holder: sockets.length === 0 ? 'something that listens on no socket of this machine' : whose,
  };
};

/**
 * Looks whether a port that a service needs is held by somebody else; `null` when it can have them all. Where the look fails
 * the service may try: its own error will tell.
 */
export const findHolder = async (
  record: ServiceRecord,
  platform: Platform,
  own: readonly BirthMark[],
): Promise<PortBlock | null> => {
  const ownPids = new Set(own.map(({ pid }) => pid));
  for (const port of portsNeeded(record)) {
    const reading = await platform.inspect.port(port);
    if (!reading.ok || !isTaken(reading.value)) continue;
    const holders = holdersOf(reading.value);
    if (holders.length > 0 && holders.every((pid) => ownPids.has(pid))) continue;
    return blockOf(reading.value, platform, ownPids);
  }
  return null;
};
