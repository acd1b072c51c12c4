import type { SignalOutcome } from '../model/platform.ts';
import { errorCode } from '../util/error-code.ts';

/** Signals a pid that was identified in this instant; how it ended is an answer, and only faults are thrown. */
export const sendSignal = (pid: number, signal: NodeJS.Signals): SignalOutcome => {
  try {
    process.kill(pid, signal);
    return 'sent';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ESRCH') return 'gone';
    if (code === 'EPERM') return 'not-permitted';
    throw error;
  }
};
