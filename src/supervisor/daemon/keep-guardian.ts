import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { messageOf } from '../../util/error-code.ts';

/** What is needed to start a guardian. */
export interface GuardianPlace {
  readonly script: string;
  /** The command of this daemon, as a guardian runs it. */
  readonly command: readonly string[];
  readonly log: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Sees that this daemon has a guardian. Where it was killed, another one is started, which waits for the end of this daemon
 * before it starts the next.
 */
export const guardianKeeper = (
  { script, command, log, environment }: GuardianPlace,
  tell: (text: string) => void,
): (() => void) => {
  let guardian = process.ppid;
  return () => {
    if (process.ppid === guardian) return;
    // From now on the system's own process is the parent; the new guardian is none.
    guardian = process.ppid;
    const output = openSync(log, 'a', 0o600);
    const child = spawn('/bin/sh', [script, String(process.pid), ...command], {
      cwd: '/',
      env: environment,
      detached: true,
      stdio: ['ignore', output, output],
    });
    child.on('error', (error) => tell(`no guardian could be started: ${messageOf(error)}`));
    child.unref();
    closeSync(output);
  };
};
