import type { Inspector, LiveProcess, SelfInfo } from '../../model/platform.ts';
import type { BindProbe, PortOccupancy, PortSocket } from '../../model/port.ts';
import type { ProcessInfo, ProcessMemory } from '../../model/process.ts';
import { read, unreadable, type Reading } from '../../model/snapshot.ts';
import { messageOf } from '../../util/error-code.ts';
import { probeAddresses } from '../bind-probe.ts';
import { confirmSockets, type Confirmation } from './confirm-sockets.ts';
import { listProcesses, suspectsOfPort, type ListedProcess } from './find-process.ts';
import type { LsofSocket } from './parse-lsof.ts';
import { sketchAll } from './portable-sketch.ts';
import { createStartClock, type StartClock } from './start-clock.ts';

/** Sessions, pipes and sockets of other processes are told by no package. */
const NO_TRACES = unreadable('unsupported', 'what ties a process to others can be told on Linux only, so far');

const describe = async (clock: StartClock, listed: ListedProcess): Promise<ProcessInfo[]> => {
  const usage = await clock.sample(listed.pid);
  if (usage === null) return [];
  return [
    {
      pid: listed.pid,
      startedAt: usage.startedAt,
      parentPid: listed.parentPid,
      groupId: null,
      sessionId: null,
      terminal: null,
      uid: listed.uid,
      user: listed.uid === null ? null : String(listed.uid),
      state: 'other',
      name: listed.name,
      command: [listed.commandLine],
      cwd: null,
      executable: null,
      environment: null,
      environmentNames: null,
      unit: null,
      container: null,
      controlGroup: null,
      kernelThread: false,
      memoryBytes: usage.memoryBytes,
    },
  ];
};

const describeAll = async (clock: StartClock, all: readonly ListedProcess[]): Promise<readonly ProcessInfo[]> =>
  (await Promise.all(all.map((listed) => describe(clock, listed)))).flat();

/** Two samples, of which the lower counts: one taken while garbage waits to be collected says more than is in use. */
const sampleMemory = async (clock: StartClock, pid: number): Promise<readonly ProcessMemory[]> => {
  const first = await clock.sample(pid);
  const second = first === null ? null : await clock.sample(pid);
  if (first === null || second === null || second.startedAt !== first.startedAt) return [];
  const rssBytes = Math.min(first.memoryBytes, second.memoryBytes);
  return [{ pid, startedAt: first.startedAt, rssBytes, sharedBytes: null, pssBytes: null, nodeOptions: null }];
};

const memoryOf = async (clock: StartClock, pids: readonly number[]): Promise<Reading<readonly ProcessMemory[]>> => {
  try {
    return read((await Promise.all(pids.map((pid) => sampleMemory(clock, pid)))).flat(), 'pidusage');
  } catch (error) {
    return unreadable('tool-failed', `memory could not be read: ${messageOf(error).split('\n')[0]}`);
  }
};

const withAncestors = (all: readonly ListedProcess[], pids: readonly number[]): readonly ListedProcess[] => {
  const byPid = new Map(all.map((listed) => [listed.pid, listed]));
  const chosen = new Set<ListedProcess>();
  for (const pid of pids) {
    for (let at = byPid.get(pid); at !== undefined && !chosen.has(at); at = byPid.get(at.parentPid)) chosen.add(at);
  }
  return [...chosen];
};

const belowAll = (all: readonly ListedProcess[], pids: readonly number[]): readonly ListedProcess[] => {
  const below = new Set<number>(pids);
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const { pid, parentPid } of all) if (below.has(parentPid)) below.add(pid);
  }
  return all.filter(({ pid }) => below.has(pid) && !pids.includes(pid));
};

const toPortSocket = async (clock: StartClock, socket: LsofSocket): Promise<PortSocket> => {
  const usage = socket.pid > 0 ? await clock.sample(socket.pid) : null;
  return {
    protocol: 'tcp',
    address: socket.address,
    port: socket.port,
    state: socket.state,
    established: socket.established,
    remote: socket.remote,
    uid: null,
    user: null,
    holders: usage === null ? [] : [{ pid: socket.pid, startedAt: usage.startedAt }],
  };
};

const socketsOf = async (
  clock: StartClock,
  confirmation: Confirmation,
  port: number | null,
): Promise<readonly PortSocket[]> => {
  const sockets = confirmation.ok ? confirmation.sockets : [];
  const wanted = sockets.filter((socket) => (port === null ? socket.state === 'listening' : socket.port === port));
  return Promise.all(wanted.map((socket) => toPortSocket(clock, socket)));
};

/** A suspect without a confirmed socket is named as such and never as a holder. */
const blindSpotsOf = async (
  port: number,
  sockets: readonly PortSocket[],
  confirmation: Confirmation,
): Promise<string[]> => {
  if (confirmation.ok && sockets.length > 0) return [];
  const suspects = await suspectsOfPort(port);
  const why = confirmation.ok
    ? []
    : [`what the processes do with the port could not be confirmed (${confirmation.detail})`];
  return suspects.length === 0
    ? why
    : [...why, `process ${suspects.join(', ')} has to do with port ${port}, in a way that is not known`];
};

const inspectPort = async (clock: StartClock, port: number, windows: boolean): Promise<Reading<PortOccupancy>> => {
  const probes: readonly BindProbe[] = await probeAddresses(port);
  if (probes.every(({ outcome }) => outcome === 'unavailable')) {
    return unreadable('tool-failed', `port ${port} could not be bound for a test (${probes[0]?.code ?? 'unknown'})`);
  }
  const free = probes.every(({ outcome }) => outcome === 'free' || outcome === 'unavailable');
  const confirmation: Confirmation = free ? { ok: true, sockets: [] } : await confirmSockets(windows);
  const sockets = await socketsOf(clock, confirmation, port);
  const occupancy: PortOccupancy = {
    port,
    probes,
    sockets,
    connections: sockets.filter(({ established }) => established).length,
    ephemeralRange: null,
    firstUnprivilegedPort: windows ? 0 : 1024,
    published: null,
    blindSpots: free ? [] : await blindSpotsOf(port, sockets, confirmation),
  };
  return read(occupancy, windows ? 'bind probes, netstat -ano' : 'bind probes, lsof -FpfnT');
};

const identify = async (clock: StartClock, pid: number): Promise<LiveProcess | null> => {
  const usage = await clock.sample(pid);
  return usage === null ? null : { pid, startedAt: usage.startedAt, state: 'other', parentPid: 0 };
};

/** Looks through find-process, pidusage and the system's own socket tool: slower, and the same everywhere. */
export const createPortableInspector = (windows: boolean): Inspector => {
  const clock = createStartClock();
  const listed = async (
    choose: (all: readonly ListedProcess[]) => readonly ListedProcess[],
  ): Promise<Reading<readonly ProcessInfo[]>> => {
    try {
      return read(await describeAll(clock, choose(await listProcesses())), 'find-process, pidusage');
    } catch (error) {
      return unreadable('tool-failed', `processes could not be listed: ${messageOf(error).split('\n')[0]}`);
    }
  };
  const listening = async (
    confirmation: Confirmation,
    port: number | null,
  ): Promise<Reading<readonly PortSocket[]>> => {
    if (!confirmation.ok) return unreadable('tool-failed', confirmation.detail);
    const sockets = await socketsOf(clock, confirmation, port);
    return read(
      sockets.filter(({ state }) => state === 'listening'),
      windows ? 'netstat -ano' : 'lsof -FpfnT',
    );
  };
  return {
    port: (port) => inspectPort(clock, port, windows),
    portListeners: async (port) => listening(await confirmSockets(windows), port),
    listeners: async () => listening(await confirmSockets(windows), null),
    lineage: (pids) => listed((all) => withAncestors(all, pids)),
    descendants: (pids) => listed((all) => belowAll(all, pids)),
    named: (matches) => listed((all) => all.filter(({ name, commandLine }) => matches(name, [commandLine]))),
    sketch: (pids) => sketchAll(pids, clock),
    streams: () => Promise.resolve(NO_TRACES),
    traces: () => Promise.resolve(NO_TRACES),
    memory: (pids) => memoryOf(clock, pids),
    groupLimits: () => Promise.resolve(read(new Map(), 'no control groups here')),
    identify: (pid) => identify(clock, pid),
    self: (): SelfInfo => ({ pid: process.pid, uid: process.getuid?.() ?? null }),
  };
};
