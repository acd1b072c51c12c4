import { watch, type FSWatcher } from 'node:fs';
import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { choosePlatform, chooseProcessTable } from '../../platform/choose.ts';
import type { BirthMark } from '../../model/service.ts';
import { messageOf } from '../../util/error-code.ts';
import { lazy } from '../../util/lazy.ts';
import { readVersion } from '../../util/read-version.ts';
import { ensureToken } from '../protocol/handshake.ts';
import type { Home } from '../state/home.ts';
import { openHome } from '../state/open-home.ts';
import { chooseSocketPlace, removeSocket } from '../state/socket-place.ts';
import { adopt } from './adopt.ts';
import { asUser } from './as-user.ts';
import { lookForEnd } from './end-of-run.ts';
import { figuresOf, type Figures } from './figures.ts';
import { handlersOf } from './handlers.ts';
import { installParts } from './install-parts.ts';
import { guardianKeeper } from './keep-guardian.ts';
import type { JobContext } from './job-context.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { takeLock, type Lock } from './lock.ts';
import { createLogKeeper } from './logs/log-keeper.ts';
import { findHolder } from './port-holder.ts';
import { readinessWatch } from './readiness-watch.ts';
import { startServer } from './server.ts';
import { openStore } from './store.ts';
import { tickOf } from './tick.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import { turns } from './turns.ts';

const TICK_MS = 2_000;

/**
 * A program that mostly waits is not worth optimising: to compile it better took as much processor time as all it did, and
 * 2.5 MB. With fifteen times the engine's own patience, only what is truly busy is compiled, such as the stamping of logs.
 */
const PATIENT_ENGINE = '--interrupt-budget=2000000';

const now = (): number => Date.now();

const tell = (text: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
};

interface Started {
  readonly home: Home;
  readonly lock: Lock;
  readonly uid: number | null;
}

interface Running extends Started {
  readonly jobs: Jobs;
  readonly triggers: Triggers;
  readonly server: Server;
  readonly watcher: FSWatcher;
  readonly timer: NodeJS.Timeout;
}

const selfMark = (pid: number, table: JobContext['table']): BirthMark => ({
  pid,
  born: table.look(pid)?.born ?? 0,
  boot: table.boot,
});

const contextOf = (
  { home, uid }: Started,
  table: JobContext['table'],
  packageRoot: string,
  environment: NodeJS.ProcessEnv,
): { readonly jobs: Jobs; readonly figures: Figures } => {
  const clock = { now, sleep: (ms: number): Promise<void> => sleep(ms) };
  const figures = figuresOf(home, table, clock);
  const platform = lazy(() => choosePlatform(environment));
  const logs = createLogKeeper({ home, table, clock: { now }, onProblem: tell });
  const own = { uid: uid ?? 0, gid: process.getgid?.() ?? 0 };
  const watchReady = { begin: (): void => {} };
  const context: JobContext = {
    home,
    table,
    store: openStore(home, now()),
    logs,
    turns: turns(),
    platform,
    ...clock,
    random: Math.random,
    ...installParts(home, packageRoot),
    forget: figures.forget,
    knownMembers: figures.membersOf,
    holderOf: async (record) => findHolder(record, await platform(), figures.membersOf(record.id)),
    watchReadiness: () => watchReady.begin(),
    asUser: ({ spec }) => asUser(spec, own),
    daemonPid: process.pid,
  };
  const jobs = createJobs(context);
  watchReady.begin = readinessWatch(jobs.all, table);
  return { jobs, figures };
};

/** A service whose shim is no child of this daemon ends without a signal to it; its shim writes that down. */
const watchRuns = (home: Home, jobs: Jobs): FSWatcher =>
  watch(home.run, { persistent: false }, (_event, name) => {
    const id = /^(\d+)-\d+\.exit$/.exec(name ?? '')?.[1];
    const job = jobs.all().find((candidate) => candidate.id === Number(id));
    if (job !== undefined && job.runtime.child === null) void lookForEnd(job);
  });

const leave = ({ home, lock, uid, jobs, triggers, server, watcher, timer }: Running, code: number): void => {
  clearInterval(timer);
  triggers.close();
  watcher.close();
  server.close();
  jobs.context.store.commit();
  jobs.context.logs.close();
  removeSocket(home, uid);
  lock.release();
  tell('left');
  // The answer to who asked for it is on its way.
  setTimeout(() => process.exit(code), 20);
};

const adoptAll = async (jobs: Jobs): Promise<void> => {
  const found = jobs.context.store.records().map(({ id }) => jobs.add(id));
  jobs.context.logs.recover(jobs.context.store.records());
  await Promise.all(found.map((job) => adopt(job)));
  jobs.context.store.commit();
};

const run = async (
  started: Started,
  table: JobContext['table'],
  packageRoot: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> => {
  const { home, uid } = started;
  removeSocket(home, uid);
  const { jobs, figures } = contextOf(started, table, packageRoot, environment);
  const startedAt = now();
  const version = readVersion(packageRoot);
  const triggers = createTriggers(tell);
  const keepGuardian = guardianKeeper({ home, packageRoot, environment }, tell);
  const tick = tickOf({ jobs, figures, triggers, keepGuardian });
  await adoptAll(jobs);
  triggers.sync(jobs.all());
  const gate = { leave: (): void => {} };
  const greeting = { token: ensureToken(home), version, pid: process.pid, startedAt };
  const handlers = handlersOf({
    jobs,
    version,
    startedAt,
    measure: figures.measure,
    samplesOf: figures.samplesOf,
    changed: () => triggers.sync(jobs.all()),
    leave: () => gate.leave(),
  });
  const server = await startServer(chooseSocketPlace(home), greeting, handlers);
  const watcher = watchRuns(home, jobs);
  const timer = setInterval(tick, TICK_MS);
  const running: Running = { ...started, jobs, triggers, server, watcher, timer };
  gate.leave = () => leave(running, 0);
  process.once('SIGTERM', () => leave(running, 0));
  process.once('SIGINT', () => leave(running, 0));
  tell(`version ${version} keeps ${jobs.all().length} services as ${process.pid}`);
};

/**
 * The daemon of one home. Resolves to an exit code when it is not to run: another one does, or it cannot; to `null` when it
 * runs on.
 */
export const main = async (
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  packageRoot: string,
): Promise<number | null> => {
  const [folder] = argv;
  if (folder === undefined) {
    tell('devdoctord is started by devdoctor\n  try: devdoctor start');
    return 2;
  }
  try {
    setFlagsFromString(PATIENT_ENGINE);
    process.chdir('/');
    process.on('SIGHUP', () => {});
    const uid = process.getuid?.() ?? null;
    const home = openHome(folder, uid);
    const table = await chooseProcessTable(environment);
    const taken = takeLock(home.folder, selfMark(process.pid, table), table);
    if (!taken.ok) return 0;
    await run({ home, lock: taken.lock, uid }, table, packageRoot, environment);
    return null;
  } catch (error) {
    tell(`cannot run: ${messageOf(error)}`);
    return 1;
  }
};
