import type { FSWatcher } from 'chokidar';
import type { Cron } from 'croner';
import { messageOf } from '../../util/error-code.ts';
import type { ServiceRecord } from '../state/records.ts';
import type { Job } from './job.ts';
import { ignoresPath } from './watched-path.ts';

/** What restarts services besides their own end: changed files, and the clock. */
export interface Triggers {
  /** Brings them to what the services want now. */
  readonly sync: (jobs: readonly Job[]) => void;
  readonly close: () => void;
}

interface Trigger {
  /** Tells whether the configuration has changed since. */
  readonly key: string;
  readonly stop: () => void;
}

/** Also in the instant between two runs, and after it was given up: a change may be the mend. */
const wantsFiles = ({ status, wanted, spec }: ServiceRecord): boolean =>
  spec.watch !== null && wanted === 'running' && status !== 'blocked';

/** A stopped service stays stopped, whatever the clock says. */
const restart = (job: Job): void => {
  const { status } = job.record();
  if (status === 'online' || status === 'launching' || status === 'waiting restart') job.dispatch({ type: 'restart' });
};

/** Whoever changed a file of a service that was given up has perhaps mended it. */
const restartChanged = (job: Job): void => {
  if (job.record().status === 'errored') job.dispatch({ type: 'restart' });
  else restart(job);
};

const ownFiles = ({ logs, spec }: ServiceRecord, home: string): readonly string[] =>
  [logs.out, logs.error, logs.combined, spec.pidFile, home].filter((file) => file !== null);

const watchFiles = (job: Job, tell: (text: string) => void): (() => void) => {
  const record = job.record();
  const { watch, cwd, name } = record.spec;
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const changed = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => restartChanged(job), watch?.delayMs ?? 0).unref();
  };
  const begin = async (): Promise<void> => {
    const { watch: observe } = await import('chokidar');
    if (isStopped || watch === null) return;
    watcher = observe([...watch.paths], {
      ignored: ignoresPath(cwd, watch.ignore, ownFiles(record, job.context.home.folder)),
      ignoreInitial: true,
      usePolling: watch.polling,
    });
    watcher.on('all', changed);
    watcher.on('error', (error) => tell(`${name}: files cannot be watched: ${messageOf(error)}`));
  };
  begin().catch((error: unknown) => tell(`${name}: files cannot be watched: ${messageOf(error)}`));
  return () => {
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
    void watcher?.close();
  };
};

const watchClock = (job: Job, expression: string, tell: (text: string) => void): (() => void) => {
  let cron: Cron | null = null;
  let isStopped = false;
  const begin = async (): Promise<void> => {
    const { Cron: Schedule } = await import('croner');
    if (!isStopped) cron = new Schedule(expression, { unref: true }, () => restart(job));
  };
  begin().catch((error: unknown) => tell(`${job.record().spec.name}: cron_restart does not work: ${messageOf(error)}`));
  return () => {
    isStopped = true;
    cron?.stop();
  };
};

type Wanted = readonly (readonly [name: string, key: string, start: () => () => void])[];

const NOTHING: Wanted = [];

const wantedBy = (job: Job, tell: (text: string) => void): Wanted => {
  const record = job.record();
  const { cron, watch, cwd } = record.spec;
  // Most services want neither, and are asked every two seconds.
  if (cron === null && watch === null) return NOTHING;
  const files = wantsFiles(record)
    ? [[`${job.id} files`, JSON.stringify([watch, cwd, record.logs]), () => watchFiles(job, tell)] as const]
    : [];
  const clock = cron === null ? [] : [[`${job.id} clock`, cron, () => watchClock(job, cron, tell)] as const];
  return [...files, ...clock];
};

/** Watches files and the clock for the services that ask for it. What watches is loaded only then. */
export const createTriggers = (tell: (text: string) => void): Triggers => {
  const active = new Map<string, Trigger>();
  const stop = (name: string): void => {
    active.get(name)?.stop();
    active.delete(name);
  };
  return {
    sync: (jobs) => {
      const wanted = jobs.flatMap((job) => wantedBy(job, tell));
      const names = new Set(wanted.map(([name]) => name));
      for (const name of active.keys()) if (!names.has(name)) stop(name);
      for (const [name, key, start] of wanted) {
        if (active.get(name)?.key === key) continue;
        stop(name);
        active.set(name, { key, stop: start() });
      }
    },
    close: () => [...active.keys()].forEach(stop),
  };
};
