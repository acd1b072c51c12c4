import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ListResult, ShowResult } from '../../src/model/service-results.ts';
import type { ServiceDetail, ServiceRow } from '../../src/model/service.ts';
import { homeAt, MARK_VARIABLE, type Home } from '../../src/supervisor/state/home.ts';
import { removeSocket } from '../../src/supervisor/state/socket-place.ts';
import { fixture } from './paths.ts';
import { runCli, type Run, type RunOptions } from './run-cli.ts';
import { waitFor } from './wait-for.ts';
import { makeTempDir } from './with-temp-dir.ts';

/** One app of an ecosystem file. */
export type App = Readonly<Record<string, unknown>> & { readonly name: string };

/** A home of its own, and the commands that a person would type in it. */
export interface Supervised {
  readonly home: Home;
  /** Working directory of the commands, where the ecosystem file lies. */
  readonly folder: string;
  /** The ecosystem file that `start` writes. */
  readonly file: string;
  /** Runs the built command in this home. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Run>;
  /** Writes the ecosystem file with these apps and starts it. */
  readonly start: (apps: readonly App[], ...more: readonly string[]) => Promise<Run>;
  /** What `list --json` tells. */
  readonly list: () => Promise<ListResult>;
  /** The row of the one service of this name. */
  readonly row: (name: string) => Promise<ServiceRow>;
  /** What `show --json` tells of these services, or of all. */
  readonly show: (target?: string) => Promise<readonly ServiceDetail[]>;
  /** Pids of the daemons of this home that live now. */
  readonly daemons: () => readonly number[];
  readonly guardians: () => readonly number[];
  /** Waits for a daemon that answers, without starting one, and tells its pid. */
  readonly answering: () => Promise<number>;
  /** Kills the daemon by force; its guardian starts the next one. */
  readonly killDaemon: () => Promise<void>;
  /** Kills guardian and daemon by force, so that nobody starts another one. */
  readonly killSupervisor: () => Promise<void>;
  /** Pids of all that carry the mark of this home: shims, services, and what these started. With an id, of one service. */
  readonly marked: (id?: number) => readonly number[];
}

const argvOf = (pid: number): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    // It ended meanwhile.
    return [];
  }
};

const environmentOf = (pid: number): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    // It ended meanwhile, or is another user's.
    return [];
  }
};

const allPids = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

const runs = (pid: number, part: string, { folder }: Home): boolean => {
  const argv = argvOf(pid);
  return argv.at(-1) === folder && argv.some((word) => word.endsWith(part));
};

const parentOf = (pid: number): number => {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // It ended meanwhile.
    return 0;
  }
};

/** A guardian has the words of its daemon among its own. */
const isGuardian = (pid: number, home: Home): boolean => runs(pid, '/guardian.sh', home);
const isDaemon = (pid: number, home: Home): boolean => runs(pid, '/devdoctord.cjs', home) && !isGuardian(pid, home);

/** A process that has just forked and not become another program yet has the words of its parent. */
const firsts = (is: typeof isDaemon, home: Home): readonly number[] =>
  allPids().filter((pid) => is(pid, home) && !is(parentOf(pid), home));

const isMarked = (pid: number, { key }: Home, id: number | undefined): boolean =>
  environmentOf(pid).some((entry) =>
    id === undefined ? entry.startsWith(`${MARK_VARIABLE}=${key}.`) : entry === `${MARK_VARIABLE}=${key}.${id}`,
  );

/** Is there a living process of this pid? */
export const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

/** Sends a signal to a process that may have ended. */
export const signalIfAlive = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
};

const endAll = async (what: string, pids: () => readonly number[]): Promise<void> => {
  await waitFor(`the end of ${what}`, () => {
    const left = pids();
    for (const pid of left) signalIfAlive(pid, 'SIGKILL');
    return left.length === 0;
  });
};

/** Ends whatever belongs to a home, the guardian first; throws when something of it cannot be ended. */
const endHome = async (home: Home): Promise<void> => {
  const belongs = (pid: number): boolean =>
    isGuardian(pid, home) || isDaemon(pid, home) || isMarked(pid, home, undefined);
  await endAll('the guardian', () => allPids().filter((pid) => isGuardian(pid, home)));
  await endAll(`all of ${home.folder}`, () => allPids().filter(belongs));
  // One outside of the home has a folder of its own.
  removeSocket(home, process.getuid?.() ?? null);
};

const parse = async <T>(running: Promise<Run>): Promise<T> => (await running).json<T>();

const only = <T>(all: readonly T[], what: string): T => {
  const [first] = all;
  if (first === undefined || all.length > 1) throw new Error(`${all.length} of ${what} instead of one`);
  return first;
};

/** An app that runs a program of fixtures/programs. */
export const fixtureApp = (name: string, program: string, more: Readonly<Record<string, unknown>> = {}): App => ({
  name,
  script: fixture(program),
  ...more,
});

/** An app that does nothing for a long time, at little cost. */
export const sleeper = (name: string): App => ({
  name,
  script: '/bin/sleep',
  args: '600',
  interpreter: 'none',
  min_uptime: 100,
});

/**
 * Makes a home for this test. When the test is over, everything of it is ended by pid: guardian, daemon, and whatever
 * carries the mark of its services. `name` is that of the state folder.
 */
export const supervised = (name: string = 'home'): Supervised => {
  const folder = makeTempDir();
  const home = homeAt(join(folder, name));
  const file = join(folder, 'ecosystem.config.json');
  onTestFinished(() => endHome(existsSync(home.folder) ? homeAt(realpathSync(home.folder)) : home));
  const run: Supervised['run'] = (args, options = {}) => runCli(args, { cwd: folder, home: home.folder, ...options });
  const list: Supervised['list'] = () => parse<ListResult>(run(['list', '--json']));
  const daemons = (): readonly number[] => firsts(isDaemon, home);
  const guardians = (): readonly number[] => firsts(isGuardian, home);
  return {
    home,
    folder,
    file,
    run,
    list,
    daemons,
    guardians,
    start: (apps, ...more) => {
      writeFileSync(file, JSON.stringify({ apps }));
      return run(['start', file, ...more]);
    },
    row: async (name) => {
      const { services } = await list();
      return only(
        services.filter((row) => row.name === name),
        name,
      );
    },
    show: async (target = 'all') => (await parse<ShowResult>(run(['show', target, '--json']))).services,
    answering: () => waitFor('a daemon that answers', async () => (await list()).supervisor?.pid ?? null),
    killDaemon: () => {
      const doomed = daemons();
      return endAll('the daemon', () => daemons().filter((pid) => doomed.includes(pid)));
    },
    killSupervisor: () => endAll('guardian and daemon', () => [...guardians(), ...daemons()]),
    marked: (id) => allPids().filter((pid) => isMarked(pid, home, id)),
  };
};
