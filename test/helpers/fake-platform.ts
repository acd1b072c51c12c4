import type {
  CommandResult,
  Inspector,
  Platform,
  ProcessControl,
  SignalName,
  SignalOutcome,
} from '../../src/model/platform.ts';
import type { PortOccupancy, PortSocket } from '../../src/model/port.ts';
import {
  isSameProcess,
  type GroupLimit,
  type ProcessInfo,
  type ProcessMemory,
  type ProcessRef,
  type ProcessTraces,
} from '../../src/model/process.ts';
import { read } from '../../src/model/snapshot.ts';
import { ancestorsOf, tableOf, treeBelow } from '../../src/programs/lineage.ts';
import { aProcess } from './a-process.ts';
import { memoryOf, sketchOf, tracesOf } from './a-look.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { anOccupancy, FREE, IN_USE, SELF } from './a-snapshot.ts';

/** A machine in memory. Tests change it as they go; signals change it as they would a real one. */
export interface FakeHost {
  readonly platform: Platform;
  readonly clock: FakeClock;
  processes: ProcessInfo[];
  sockets: PortSocket[];
  /** Every signal that reached a process, in order, as `SIGTERM 100`. */
  readonly signals: string[];
  /** The same with the time before it. */
  readonly timedSignals: string[];
  /** Every command that was run, every port that was bound for a test, every program started. */
  readonly ran: string[];
  readonly bound: number[];
  readonly looked: string[];
  /** Processes that do not end at SIGTERM. */
  readonly stubborn: Set<number>;
  /** Processes that end at no signal. */
  readonly undying: Set<number>;
  readonly notPermitted: Set<number>;
  /** What is said of the traces and memory of single processes, by pid; the rest follows from the host. */
  readonly traces: Map<number, Partial<ProcessTraces>>;
  readonly memory: Map<number, Partial<ProcessMemory>>;
  /** Processor time that single processes have used, by pid; the others used none. */
  readonly cpuMs: Map<number, number>;
  readonly groupLimits: Map<number, GroupLimit>;
  readonly end: (pid: number) => void;
  readonly start: (process: ProcessInfo) => void;
}

interface Changes {
  readonly inspect?: Partial<Inspector>;
  readonly control?: Partial<ProcessControl>;
}

const COMMAND_DONE: CommandResult = { status: 0, stdout: '', stderr: '', failure: null };

/** Those of the processes that are there, and what a look at each tells. */
const eachOf = <T>(host: FakeHost, pids: readonly number[] | 'all', look: (process: ProcessInfo) => T) =>
  Promise.resolve(
    read(
      host.processes.filter(({ pid }) => pids === 'all' || pids.includes(pid)).map((process) => look(process)),
      'a test',
    ),
  );

const inspectorOf = (host: FakeHost): Inspector => ({
  port: (port) => {
    host.bound.push(port);
    const sockets = host.sockets.filter((socket) => socket.port === port && socket.protocol === 'tcp');
    const occupancy: PortOccupancy = anOccupancy({ port, sockets, probes: [sockets.length === 0 ? FREE : IN_USE] });
    return Promise.resolve(read(occupancy, 'a test'));
  },
  portListeners: (port) => {
    host.looked.push(`${port} at ${host.clock.now()}`);
    const listens = host.sockets.filter((socket) => socket.port === port && socket.state === 'listening');
    return Promise.resolve(read(listens, 'a test'));
  },
  listeners: () => Promise.resolve(read(host.sockets, 'a test')),
  lineage: (pids) => {
    const table = tableOf(host.processes);
    const named = pids.flatMap((pid) => table.get(pid) ?? []);
    const line = named.flatMap((one) => [one, ...ancestorsOf(one, table)]);
    const leaders = line.flatMap(({ sessionId }) => table.get(sessionId ?? 0) ?? []);
    return Promise.resolve(read([...new Set([...line, ...leaders])], 'a test'));
  },
  descendants: (pids) => {
    const table = tableOf(host.processes);
    const below = pids.flatMap((pid) => {
      const root = table.get(pid);
      return root === undefined ? [] : treeBelow(root, table);
    });
    const found = [...new Set(below)].filter(({ pid }) => !pids.includes(pid));
    return Promise.resolve(read(found, 'a test'));
  },
  named: (matches) =>
    Promise.resolve(
      read(
        host.processes.filter(({ name, command }) => matches(name, command)),
        'a test',
      ),
    ),
  sketch: (pids) => eachOf(host, pids, (process) => sketchOf(process, host.cpuMs.get(process.pid))),
  streams: (pids) =>
    Promise.resolve(read(new Map(pids.map((pid) => [pid, host.traces.get(pid)?.streams ?? null])), 'a test')),
  traces: (pids) => eachOf(host, pids, (process) => tracesOf(process, host.sockets, host.traces.get(process.pid))),
  memory: (pids) => eachOf(host, pids, (process) => memoryOf(process, host.memory.get(process.pid))),
  groupLimits: (pids) =>
    Promise.resolve(read(new Map([...host.groupLimits].filter(([pid]) => pids.includes(pid))), 'a test')),
  identify: (pid) => Promise.resolve(host.processes.find((process) => process.pid === pid) ?? null),
  self: () => ({ pid: SELF, uid: 1000 }),
});

const resume = (host: FakeHost, pid: number): void => {
  host.processes = host.processes.map((process) =>
    process.pid === pid && process.state === 'stopped' ? { ...process, state: 'sleeping' } : process,
  );
};

const deliver = (host: FakeHost, ref: ProcessRef, signal: SignalName): SignalOutcome => {
  const process = host.processes.find(({ pid }) => pid === ref.pid);
  if (process === undefined || process.state === 'zombie') return 'gone';
  if (!isSameProcess(process, ref)) return 'another-process';
  if (host.notPermitted.has(ref.pid)) return 'not-permitted';
  host.signals.push(`${signal} ${ref.pid}`);
  host.timedSignals.push(`${host.clock.now()} ${signal} ${ref.pid}`);
  const goesOn = process.state !== 'stopped' || signal === 'SIGCONT';
  if (signal === 'SIGCONT') resume(host, ref.pid);
  const asked = goesOn && host.signals.includes(`SIGTERM ${ref.pid}`);
  const ends = signal === 'SIGKILL' || (asked && !host.stubborn.has(ref.pid));
  // A signal is delivered when its target next runs, never within the call that sends it.
  if (ends && !host.undying.has(ref.pid)) host.clock.at(host.clock.now() + 1, () => host.end(ref.pid));
  return 'sent';
};

const controlOf = (host: FakeHost): ProcessControl => ({
  signal: (ref, signal) => Promise.resolve(deliver(host, ref, signal)),
  run: (command) => {
    host.ran.push(command.join(' '));
    return Promise.resolve(COMMAND_DONE);
  },
  launch: ({ command }) => {
    host.ran.push(command.join(' '));
    const started = aProcess({ pid: 900, startedAt: host.clock.now(), command });
    host.start(started);
    return Promise.resolve({ pid: started.pid, startedAt: started.startedAt });
  },
  victimsOfPort: () => Promise.resolve([]),
  killByPort: (port) => {
    host.ran.push(`kill-port ${port}`);
    return Promise.resolve();
  },
});

/** A machine with these processes and listening sockets; `changes` replace single answers. */
export const fakeHost = (
  processes: readonly ProcessInfo[],
  sockets: readonly PortSocket[] = [],
  changes: Changes = {},
): FakeHost => {
  const host: { -readonly [K in keyof FakeHost]: FakeHost[K] } = {
    platform: undefined as unknown as Platform,
    clock: fakeClock(),
    processes: [...processes],
    sockets: [...sockets],
    signals: [],
    timedSignals: [],
    ran: [],
    bound: [],
    looked: [],
    stubborn: new Set(),
    undying: new Set(),
    notPermitted: new Set(),
    traces: new Map(),
    memory: new Map(),
    cpuMs: new Map(),
    groupLimits: new Map(),
    start: (process) => void host.processes.push(process),
    end: (pid) => {
      host.processes = host.processes.filter((process) => process.pid !== pid);
      host.sockets = host.sockets
        .map((socket) => ({ ...socket, holders: socket.holders.filter((holder) => holder.pid !== pid) }))
        .filter((socket, index) => socket.holders.length > 0 || host.sockets[index]?.holders.length === 0);
    },
  };
  host.platform = {
    name: 'linux',
    inspect: { ...inspectorOf(host), ...changes.inspect },
    control: { ...controlOf(host), ...changes.control },
  };
  return host;
};
