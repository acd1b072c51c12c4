import { closeSync } from 'node:fs';
import type { BirthMark } from '../../model/service.ts';
import { messageOf } from '../../util/error-code.ts';
import type { RunRecord } from '../state/records.ts';
import { readRunners } from '../state/read-runners.ts';
import { launchesIn, makeRunFilesPrivate, removeRunFiles, runBase } from '../state/run-files.ts';
import { writePrivate } from '../state/write-private.ts';
import { noticeShimEnd } from './end-of-run.ts';
import { markOf } from '../state/instance-environment.ts';
import type { Job } from './job.ts';
import { launchShim, obstacleTo, type Launch } from './launch.ts';

const LONGEST_POLL_MS = 16;
const CLAIM_MS = 5_000;

const waitForRunners = async (job: Job, launch: number): Promise<void> => {
  const { context } = job;
  const base = runBase(context.home.run, job.id, launch);
  const end = context.now() + CLAIM_MS;
  for (let poll = 1; context.now() < end; poll = Math.min(LONGEST_POLL_MS, poll * 2)) {
    const { shim, main } = readRunners(base, context.table);
    const { run } = job.record();
    if (run === null || run.launch !== launch) return;
    if (main !== null) {
      makeRunFilesPrivate(base);
      return job.update({ run: { ...run, shim, main } });
    }
    if (!run.isOn) return;
    await context.sleep(poll);
  }
};

const writePidFile = (job: Job): void => {
  const { spec, run } = job.record();
  if (spec.pidFile === null || run === null || run.main === null) return;
  try {
    writePrivate(spec.pidFile, `${run.main.pid}\n`, false);
  } catch (error) {
    job.runtime.trouble = `its pid_file ${spec.pidFile} could not be written: ${messageOf(error)}`;
  }
};

const listenToMessages = (job: Job, { child }: Extract<Launch, { ok: true }>): void => {
  child.on('message', (message) => {
    if (message === 'ready') job.runtime.saidReady = true;
  });
  // A channel that the service closes is no fault, and one that stays open keeps no daemon alive.
  child.channel?.unref();
};

const launch = async (job: Job, number: number): Promise<Launch> => {
  const { context, id } = job;
  const record = job.record();
  const { out, error } = context.logs.open(record);
  try {
    return await launchShim(record, {
      base: runBase(context.home.run, id, number),
      boot: context.table.boot,
      mark: markOf(context.home, id),
      shim: context.shim,
      guard: context.guard,
      asUser: context.asUser(record),
      out,
      error,
    });
  } finally {
    closeSync(out);
    closeSync(error);
  }
};

const begin = async (job: Job): Promise<void> => {
  const { context, id, runtime } = job;
  const before = launchesIn(context.home.run).get(id) ?? 0;
  const number = before + 1;
  runtime.saidReady = false;
  runtime.trouble = null;
  const started = await launch(job, number);
  if (!started.ok) return job.dispatch({ type: 'launch-failed', reason: started.reason });
  const run: RunRecord = { launch: number, shim: null, main: null, startedAt: context.now(), isOn: true };
  runtime.child = started.child;
  job.update({ run });
  started.child.once('exit', () => noticeShimEnd(job, number));
  listenToMessages(job, started);
  await waitForRunners(job, number);
  if (before > 0) removeRunFiles(runBase(context.home.run, id, before));
  writePidFile(job);
  watchRun(job);
};

/** Looks after a run that is on, whoever started it. */
export const watchRun = (job: Job): void => {
  const { run } = job.record();
  if (run === null || !run.isOn) return;
  job.context.logs.attach(job.record(), () => writersOf(job));
  job.context.watchReadiness();
};

/** The processes that write the logs of a service, to be stopped for the instant in which a log is emptied. */
const writersOf = (job: Job): readonly BirthMark[] => {
  const { run } = job.record();
  const known = job.context.knownMembers(job.id);
  const main = run?.main ?? null;
  return main === null || known.some(({ pid }) => pid === main.pid) ? known : [main, ...known];
};

/** Starts a service, unless something is in its way that no second try would mend. */
export const startRun = async (job: Job): Promise<void> => {
  if (job.record().status !== 'launching') return;
  const obstacle = obstacleTo(job.record());
  if (obstacle !== null) return job.dispatch({ type: 'launch-failed', reason: obstacle });
  try {
    await begin(job);
  } catch (error) {
    job.dispatch({ type: 'launch-failed', reason: messageOf(error) });
  }
};
