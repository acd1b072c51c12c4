import { statSync } from 'node:fs';
import type { BirthMark } from '../../model/service.ts';
import type { RunRecord, ServiceRecord } from '../state/records.ts';
import { readRunners } from '../state/read-runners.ts';
import { launchesIn, readExit, runBase } from '../state/run-files.ts';
import { noticeEnd } from './end-of-run.ts';
import { sweepLeftovers } from './end-run.ts';
import type { Job } from './job.ts';
import { watchRun } from './start-run.ts';
import { lookAt } from '../core/look-at.ts';

const CLAIM_WAIT_MS = 2_000;
const CLAIM_POLL_MS = 5;

const isAlive = (mark: BirthMark | null, { context: { table } }: Job): boolean => lookAt(table, mark) !== null;

/** The run that left the newest files; `null` when none ever began. What the state says may be older. */
const newestRun = (job: Job): RunRecord | null => {
  const { home, table } = job.context;
  const { run } = job.record();
  const launch = launchesIn(home.run).get(job.id);
  if (launch === undefined) return null;
  const { shim, main } = readRunners(runBase(home.run, job.id, launch), table);
  if (run?.launch === launch) return { ...run, shim: run.shim ?? shim, main: run.main ?? main };
  const startedAt = statSync(`${runBase(home.run, job.id, launch)}.pid`).mtimeMs;
  return { launch, shim, main, startedAt, isOn: true };
};

/** A shim that has just begun says at once who runs. */
const withRunners = async (job: Job, run: RunRecord): Promise<RunRecord> => {
  const { home, now, sleep, table } = job.context;
  let known = run;
  for (const end = now() + CLAIM_WAIT_MS; known.main === null && now() < end; await sleep(CLAIM_POLL_MS)) {
    const { shim, main } = readRunners(runBase(home.run, job.id, run.launch), table);
    known = { ...run, shim, main };
    if (main === null && shim !== null && !isAlive(shim, job)) break;
  }
  return known;
};

const ALIVE: Partial<ServiceRecord> = { status: 'online', afterStop: 'rest', blockedBy: null, reason: null };

/** It goes on as if nothing had been, or the stop that was under way goes on. */
const takeOver = (job: Job, run: RunRecord): void => {
  const { status, wanted, afterStop } = job.record();
  job.update({ run: { ...run, isOn: true } });
  if (status === 'stopping' || wanted === 'stopped') {
    job.update({ status: 'online', afterStop: 'rest' });
    watchRun(job);
    return job.dispatch({ type: status === 'stopping' && afterStop === 'launch' ? 'restart' : 'stop' });
  }
  if (status !== 'launching') job.update(ALIVE);
  watchRun(job);
};

/** It ended while nobody watched: the policy is applied as if somebody had. */
const takeNote = async (job: Job, run: RunRecord): Promise<void> => {
  const exit = readExit(runBase(job.context.home.run, job.id, run.launch));
  const isOtherBoot = (run.main ?? run.shim)?.boot !== job.context.table.boot;
  const { status } = job.record();
  job.update({ run: { ...run, isOn: true }, ...(status === 'stopping' ? {} : ALIVE) });
  // What it wrote and nobody has passed on yet still belongs into its logs.
  job.context.logs.attach(job.record(), () => []);
  if (isOtherBoot) job.update({ wanted: 'stopped', status: 'stopping', afterStop: 'rest' });
  await noticeEnd(job, run.launch, exit ?? { code: null, signal: null, at: job.context.now() });
  if (job.record().status === 'stopping') job.dispatch({ type: 'ended' });
};

/** Nothing runs: what was to happen next happens now. */
const resume = async (job: Job): Promise<void> => {
  const { status } = job.record();
  if (status === 'stopped' || status === 'errored' || status === 'blocked') return;
  await sweepLeftovers(job);
  if (status === 'stopping') return job.dispatch({ type: 'ended' });
  job.update({ status: 'waiting restart' });
  job.dispatch({ type: 'pause-over' });
};

/** Takes over a service of an earlier daemon: the process is known by pid, birth and boot, or it is another one and left alone. */
export const adopt = async (job: Job): Promise<void> => {
  const { run: stored } = job.record();
  const newest = newestRun(job);
  if (newest === null) {
    if (stored !== null) job.update({ run: { ...stored, isOn: false } });
    return resume(job);
  }
  const run = await withRunners(job, newest);
  if (isAlive(run.main, job)) return takeOver(job, run);
  if (stored?.launch === run.launch && !stored.isOn) return resume(job);
  await takeNote(job, run);
};
