import type { PortSocket } from '../../src/model/port.ts';
import {
  isSameProcess,
  refOf,
  type ProcessInfo,
  type ProcessMemory,
  type ProcessSketch,
  type ProcessTraces,
} from '../../src/model/process.ts';

/** What a quick look tells of a process that has used so much processor time. */
export const sketchOf = (process: ProcessInfo, cpuMs: number = 0): ProcessSketch => ({
  ...refOf(process),
  parentPid: process.parentPid,
  groupId: process.groupId,
  sessionId: process.sessionId,
  terminal: process.terminal,
  uid: process.uid,
  state: process.state,
  name: process.name,
  command: process.command,
  kernelThread: process.kernelThread,
  memoryBytes: process.memoryBytes,
  program: process.executable?.path ?? null,
  cpuMs,
});

/** What ties a process to others: its sockets, and what is said besides. */
export const tracesOf = (
  process: ProcessInfo,
  sockets: readonly PortSocket[],
  said: Partial<ProcessTraces> = {},
): ProcessTraces => {
  const own = sockets.filter(({ holders }) => holders.some((holder) => isSameProcess(holder, process)));
  return {
    ...refOf(process),
    streams: null,
    ports: own.filter(({ state }) => state === 'listening').map(({ port }) => port),
    clients: 0,
    outgoing: own.filter(({ established }) => established).length,
    socketsRead: true,
    ...said,
  };
};

/** The memory of a process, none of it shared but for what is said. */
export const memoryOf = (process: ProcessInfo, said: Partial<ProcessMemory> = {}): ProcessMemory => ({
  ...refOf(process),
  rssBytes: process.memoryBytes ?? 0,
  sharedBytes: null,
  pssBytes: null,
  nodeOptions: null,
  ...said,
});
