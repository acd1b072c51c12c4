import { setTimeout as sleep } from 'node:timers/promises';
import { DevdoctorError, isKnownError } from '../../model/error.ts';
import { readVersion } from '../../util/read-version.ts';
import { PROTOCOL } from '../protocol/messages.ts';
import type { Home } from '../state/home.ts';
import { connect } from './connect.ts';
import { startDaemon } from './start-daemon.ts';
import type { Supervisor } from './supervisor.ts';

const GONE_POLL_MS = 10;
const GONE_POLLS = 500;

const numbersOf = (version: string): readonly number[] => (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map(Number);

/** Above 0 when the first version is newer. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (const [index, number] of left.entries()) {
    const difference = number - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** What to say when the daemon and the command are of different versions; `null` when they are not. */
export const versionNotice = ({ daemonVersion }: Supervisor, packageRoot: string): string | null => {
  const own = readVersion(packageRoot);
  if (own === daemonVersion) return null;
  return compareVersions(own, daemonVersion) > 0
    ? `the supervisor is version ${daemonVersion}, this command is ${own}; the next start, stop or restart renews it, and services go on meanwhile`
    : `the supervisor is version ${daemonVersion}, newer than this command (${own}): npm i -g devdoctor@${daemonVersion}`;
};

const waitUntilGone = async (old: Supervisor, home: Home, packageRoot: string): Promise<void> => {
  for (let poll = 0; poll < GONE_POLLS; poll += 1) {
    const still = await connect(home, packageRoot);
    if (still === null) return;
    still.close();
    // Somebody else may have renewed it meanwhile.
    if (still.daemonPid !== old.daemonPid) return;
    await sleep(GONE_POLL_MS);
  }
  throw new DevdoctorError('environment', 'the older supervisor does not make room', 'devdoctor kill');
};

/** Puts a daemon of this version in the place of an older one. Services are not touched: the new one takes them over. */
const renew = async (
  old: Supervisor,
  home: Home,
  packageRoot: string,
  environment: NodeJS.ProcessEnv,
): Promise<Supervisor> => {
  try {
    await old.request('shutdown', { services: 'keep' });
  } catch (error) {
    // It may go before it answers; whether it went is seen next.
    if (!isKnownError(error)) throw error;
  }
  old.close();
  await waitUntilGone(old, home, packageRoot);
  return startDaemon(home, packageRoot, environment);
};

/**
 * Connects to the daemon of a home, and starts it where none runs. An older one is replaced, a newer one is used where it
 * understands this command. `tell` gets a sentence for people when versions differ.
 */
export const ensureDaemon = async (
  home: Home,
  packageRoot: string,
  environment: NodeJS.ProcessEnv,
  tell: (notice: string) => void,
): Promise<Supervisor> => {
  const running = await connect(home, packageRoot);
  if (running === null) return startDaemon(home, packageRoot, environment);
  const own = readVersion(packageRoot);
  const { daemonVersion, daemonProtocol } = running;
  if (compareVersions(own, daemonVersion) > 0) {
    tell(`the supervisor of version ${daemonVersion} is replaced by ${own}; services go on`);
    return renew(running, home, packageRoot, environment);
  }
  if (daemonProtocol !== PROTOCOL) {
    throw new DevdoctorError(
      'environment',
      `the supervisor is version ${daemonVersion} and does not understand this command of version ${own}`,
      `npm i -g devdoctor@${daemonVersion}`,
    );
  }
  const notice = versionNotice(running, packageRoot);
  if (notice !== null) tell(notice);
  return running;
};
