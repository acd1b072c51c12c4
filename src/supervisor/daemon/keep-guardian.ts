import { messageOf } from '../../util/error-code.ts';
import { spawnGuardian, type GuardianOrder } from '../state/spawn-guardian.ts';

/**
 * Sees that this daemon has a guardian. Where it was killed, another one is started, which waits for the end of this daemon
 * before it starts the next.
 */
export const guardianKeeper = (
  place: Pick<GuardianOrder, 'home' | 'packageRoot' | 'environment'>,
  tell: (text: string) => void,
): (() => void) => {
  const daemon = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const failed = (error: Error): void => tell(`no guardian could be started: ${messageOf(error)}`);
  let guardian = process.ppid;
  return () => {
    if (process.ppid === guardian) return;
    // From now on the system's own process is the parent; the new guardian is none.
    guardian = process.ppid;
    spawnGuardian({ ...place, daemon, waitFor: process.pid, failed });
  };
};
