import type { LiveProcess, SignalName, SignalOutcome } from '../../model/platform.ts';
import { isSameProcess, type ProcessRef } from '../../model/process.ts';
import type { ProcessReader } from './read-process.ts';
import { sendSignal } from '../send-signal.ts';

/** Who has this pid now, from one read of one file. */
export const identify = (reader: ProcessReader, pid: number): LiveProcess | null => {
  const fields = reader.stat(pid);
  if (fields === null) return null;
  return { pid, startedAt: reader.startedAt(fields), state: fields.state, parentPid: fields.parentPid };
};

/**
 * Signals a process only if the pid still is that process. Nothing is awaited between
 * the look and the signal, which leaves the kernel's own scheduling as the only gap.
 */
export const signalProcess = (reader: ProcessReader, ref: ProcessRef, signal: SignalName): SignalOutcome => {
  const now = identify(reader, ref.pid);
  if (now === null || now.state === 'zombie') return 'gone';
  if (!isSameProcess(now, ref)) return 'another-process';
  return sendSignal(ref.pid, signal);
};
