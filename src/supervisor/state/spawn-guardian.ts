import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';

/** What a guardian is started with. */
export interface GuardianOrder {
  readonly home: Home;
  readonly packageRoot: string;
  /** The command of the daemon. */
  readonly daemon: readonly string[];
  /** The pid of a daemon whose end it is to wait for; 0 to start one at once. */
  readonly waitFor: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly failed: (error: Error) => void;
}

/** Starts a guardian, which starts the daemon, in a session of its own. A second daemon of one home ends by itself. */
export const spawnGuardian = (order: GuardianOrder): ChildProcess => {
  const { home, packageRoot, daemon, waitFor, environment, failed } = order;
  const script = join(packageRoot, 'dist', 'supervisor', 'guardian.sh');
  const log = openSync(home.daemonLog, 'a', 0o600);
  try {
    const child = spawn('/bin/sh', [script, String(waitFor), ...daemon], {
      cwd: '/',
      env: environment,
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.on('error', failed);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
};
