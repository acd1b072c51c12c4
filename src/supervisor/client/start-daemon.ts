import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DevdoctorError } from '../../model/error.ts';
import type { Home } from '../state/home.ts';
import { spawnGuardian } from '../state/spawn-guardian.ts';
import { connect } from './connect.ts';
import type { Supervisor } from './supervisor.ts';

/** A slow machine that starts many at once needs its time. */
const LONGEST_WAIT_MS = 20_000;
const FIRST_POLL_MS = 8;
const LONGEST_POLL_MS = 60;
/** A daemon that is there may need this long before it answers; then one is started again. */
const AGAIN_AFTER_MS = 1_000;

/**
 * All that a daemon needs of the shell it is started from; services have environments of their own. Started from within a
 * service, it must not carry the mark of that service: it would end with it.
 */
const KEPT =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_.*|TZ|TMPDIR|XDG_RUNTIME_DIR|XDG_STATE_HOME|DEVDOCTOR_(?:HOME|PROBE))$/;

const environmentFor = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => KEPT.test(name)));

const startGuardian = (home: Home, packageRoot: string, environment: NodeJS.ProcessEnv): ChildProcess =>
  spawnGuardian({
    home,
    packageRoot,
    daemon: [process.execPath, join(packageRoot, 'bin', 'devdoctord.cjs'), home.folder],
    waitFor: 0,
    environment: environmentFor(environment),
    failed: () => {
      // Told by the wait that ends in vain.
    },
  });

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const LAST_WORDS = 300;

const lastWords = (home: Home): string =>
  readFileSync(home.daemonLog, 'utf8').trimEnd().split('\n').at(-1)?.slice(0, LAST_WORDS) ?? '';

/** Starts the daemon of a home and connects to it. Whoever else does the same at the same time gets the same one. */
export const startDaemon = async (
  home: Home,
  packageRoot: string,
  environment: NodeJS.ProcessEnv,
): Promise<Supervisor> => {
  let guardian = startGuardian(home, packageRoot, environment);
  let since = Date.now();
  const end = Date.now() + LONGEST_WAIT_MS;
  for (let poll = FIRST_POLL_MS; Date.now() < end; poll = Math.min(LONGEST_POLL_MS, poll * 1.2)) {
    await sleep(poll);
    const supervisor = await connect(home, packageRoot);
    if (supervisor !== null) return supervisor;
    if ((guardian.exitCode ?? 0) > 0) break;
    // It was killed, or it made room for a daemon that has been killed since.
    if (hasEnded(guardian) && Date.now() - since >= AGAIN_AFTER_MS) {
      guardian = startGuardian(home, packageRoot, environment);
      since = Date.now();
    }
  }
  const said = lastWords(home);
  throw new DevdoctorError(
    'environment',
    `the supervisor did not start${said === '' ? '' : `; it said: ${said}`}`,
    `cat ${home.daemonLog}`,
  );
};
