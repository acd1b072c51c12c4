import type { LogEntry } from '../types.ts';

/** Lines of the kernel, of `docker inspect` and of `kubectl describe`: about a service, and not said by it. */
const SIDE =
  /Memory cgroup out of memory: Kill|Out of memory: Kill|invoked oom-killer|oom-kill:constraint|"OOMKilled": ?true|Reason:\s+OOMKilled|^\s*"(?:RestartCount|ExitCode)": ?\d|Restart Count:\s+\d|CrashLoopBackOff|Back-off restarting/;

/** Kernel lines begin with the seconds since it started. */
const KERNEL = /^(?:\S+ )?\[ *\d+\.\d{6}\] /;

/** Whether a line is about a service without being said by it. */
export const isSideEvidence = ({ body, ident }: LogEntry): boolean =>
  SIDE.test(body) || ident === 'kernel' || KERNEL.test(body);

export const isTellingSideEvidence = ({ body }: LogEntry): boolean => SIDE.test(body);

const RESTARTS = /"RestartCount": ?(\d+)|Restart Count:\s+(\d+)/;

/** How often a container was restarted, where a tool says so. */
export const restartsTold = (lines: readonly LogEntry[]): number | null => {
  for (const { body } of lines) {
    const match = RESTARTS.exec(body);
    if (match !== null) return Number(match[1] ?? match[2]);
  }
  return null;
};
