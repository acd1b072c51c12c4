import type { SignalOutcome } from '../model/platform.ts';
import type { TableRow } from '../model/process-table.ts';
import type { BirthMark } from '../model/service.ts';
import { sendSignal } from './send-signal.ts';

/**
 * Signals a process only if `now`, who has its pid in this instant, still is that process. Between that look and this call
 * nothing may be awaited.
 */
export const signalMarked = (
  target: BirthMark,
  now: TableRow | null,
  boot: string,
  signal: NodeJS.Signals,
): SignalOutcome => {
  if (now === null || now.state === 'zombie') return 'gone';
  if (now.born !== target.born || boot !== target.boot) return 'another-process';
  return sendSignal(target.pid, signal);
};
