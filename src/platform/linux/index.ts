import type { Inspector, LastResort, Platform, ProcessControl, SelfInfo } from '../../model/platform.ts';
import type { ProcessInfo } from '../../model/process.ts';
import { read, unreadable, type Reading } from '../../model/snapshot.ts';
import { probeAddresses, probeWildcard } from '../bind-probe.ts';
import { identify, signalProcess } from './control.ts';
import { inspectListeners, inspectPort, inspectPortListeners } from './inspect-port.ts';
import { ancestorsOf, descendantsOf } from './kin.ts';
import { createProcessReader, type ProcessReader } from './read-process.ts';
import { errorCode, messageOf } from '../../util/error-code.ts';

/** A failed look is an answer of its own; only faults of ours are thrown. */
const attempt = async <T>(source: string, look: () => T | Promise<T>): Promise<Reading<T>> => {
  try {
    return read(await look(), source);
  } catch (error) {
    const code = errorCode(error);
    const message = messageOf(error);
    if (code === null) throw error;
    if (code === 'EMFILE' || code === 'ENFILE') return unreadable('too-many-open-files', message);
    return unreadable(code === 'EACCES' || code === 'EPERM' ? 'not-permitted' : 'tool-failed', message);
  }
};

const describeAll = (reader: ProcessReader, pids: Iterable<number>): readonly ProcessInfo[] =>
  [...new Set(pids)].flatMap((pid) => reader.describe(pid) ?? []);

/** Ancestors, and the leaders of their sessions: whether a leader still lives tells whether a terminal was closed. */
const withLineage = (reader: ProcessReader, pids: readonly number[]): readonly number[] => {
  const line = [...new Set([...pids, ...pids.flatMap((pid) => ancestorsOf(reader, pid))])];
  return [...line, ...line.flatMap((pid) => reader.stat(pid)?.sessionId ?? [])].filter((pid) => pid > 0);
};

/** A look at a port needs none of this. */
const closerLook = (): Promise<typeof import('./closer-look.ts')> => import('./closer-look.ts');

const inspector = (proc: string, reader: ProcessReader): Inspector => ({
  port: async (port) => {
    const wildcard = await probeWildcard(port);
    const first = await attempt(`${proc}/net`, () => inspectPort(proc, port, [wildcard], reader));
    const looked = first.ok ? first.value : first;
    // Listeners say themselves which addresses they have; anything else that blocks the port shows only in a bind.
    const told =
      !looked.ok || wildcard.outcome === 'free' || looked.value.sockets.some(({ state }) => state === 'listening');
    return told ? looked : read({ ...looked.value, probes: await probeAddresses(port) }, looked.source);
  },
  portListeners: (port) => attempt(`${proc}/net`, () => inspectPortListeners(proc, port, reader)),
  listeners: () => attempt(`${proc}/net, ${proc}/*/fd`, () => inspectListeners(proc, reader).sockets),
  lineage: (pids) => attempt(`${proc}/PID`, () => describeAll(reader, withLineage(reader, pids))),
  descendants: (pids) => attempt(`${proc}/*/stat`, () => describeAll(reader, descendantsOf(reader, pids))),
  named: (matches) =>
    attempt(`${proc}/*/cmdline`, () =>
      describeAll(
        reader,
        reader.pids().filter((pid) => matches(reader.stat(pid)?.name ?? '', reader.command(pid))),
      ),
    ),
  sketch: (pids) => attempt(`${proc}/*/stat`, async () => (await closerLook()).sketch(proc, reader, pids)),
  streams: (pids) => attempt(`${proc}/PID/fd`, async () => (await closerLook()).readAllStreams(proc, reader, pids)),
  traces: (pids) =>
    attempt(`${proc}/PID/fd, ${proc}/net`, async () => (await closerLook()).readTraces(proc, reader, pids)),
  memory: (pids) =>
    attempt(`${proc}/PID/statm, ${proc}/PID/smaps_rollup`, async () => (await closerLook()).memory(proc, reader, pids)),
  groupLimits: (pids) => attempt(`${proc}/PID/cgroup`, async () => (await closerLook()).groupLimits(proc, pids)),
  identify: (pid) => Promise.resolve(identify(reader, pid)),
  self: (): SelfInfo => ({
    pid: process.pid,
    uid: process.getuid?.() ?? null,
  }),
});

const control = (reader: ProcessReader, lastResort: LastResort): ProcessControl => ({
  signal: (ref, signal) => Promise.resolve(signalProcess(reader, ref, signal)),
  run: async (command, timeoutMs) => (await import('../run-command.ts')).runCommand(command, timeoutMs),
  launch: async (relaunch, logFile) => {
    const pid = await (await import('../run-command.ts')).launchDetached(relaunch, logFile);
    return { pid, startedAt: identify(reader, pid)?.startedAt ?? Date.now() };
  },
  ...lastResort,
});

/** Linux by way of /proc. `proc` may be another root, such as a recorded one. */
export const createLinuxPlatform = (lastResort: LastResort, proc: string = '/proc'): Platform => {
  const reader = createProcessReader(proc);
  return { name: 'linux', inspect: inspector(proc, reader), control: control(reader, lastResort) };
};
