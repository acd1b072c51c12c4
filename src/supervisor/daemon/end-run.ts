import { endTree, type TreeEnding } from './tree/end-tree.ts';
import { findMembers } from './tree/find-members.ts';
import { lookForEnd, noticeEnd } from './end-of-run.ts';
import { markEntryOf } from '../state/instance-environment.ts';
import { launchesIn } from '../state/run-files.ts';
import type { Job } from './job.ts';

/** Between the death of a service and what its shim wrote of it. */
const RECORD_WAIT_MS = 1_000;
const RECORD_POLL_MS = 2;
/** What a service left behind is asked once, and not waited for as long as the service itself. */
const LEFTOVER_GRACE_MS = 1_000;
/** Longer ago is no instant. */
const INSTANT_MS = 500;

const familyOf = (job: Job): Parameters<typeof findMembers>[1] => {
  const { context, id } = job;
  const { run } = job.record();
  return {
    shim: run?.shim ?? null,
    main: run?.main ?? null,
    mark: markEntryOf(context.home, id),
    known: context.knownMembers(id),
  };
};

const tell = (job: Job, { survivors }: TreeEnding): void => {
  if (survivors.length === 0) return;
  const pids = survivors.map(({ pid }) => pid).join(', ');
  job.runtime.trouble = `${pids} did not end even by force: not permitted, or waiting for a device`;
};

/** A service that never ran has nothing to leave; but where the list was lost, its number may be that of an earlier one. */
const mayHaveLeft = ({ id, record, context: { home } }: Job): boolean => {
  const { run } = record();
  return run === null ? launchesIn(home.run).has(id) : !run.isOn;
};

/** Ends what an earlier run left behind, so that it holds no port of the next one. */
export const sweepLeftovers = async (job: Job): Promise<void> => {
  if (!mayHaveLeft(job)) return;
  const { spec } = job.record();
  const { table, now, sleep } = job.context;
  const { shimEndedAt } = job.runtime;
  const hasJustEnded = shimEndedAt !== null && now() - shimEndedAt < INSTANT_MS;
  const family = { ...familyOf(job), hasJustEnded };
  if (findMembers(table, family).length === 0) return;
  const ending = await endTree(table, family, {
    signal: 'SIGTERM',
    killTimeoutMs: Math.min(LEFTOVER_GRACE_MS, spec.killTimeoutMs),
    treeKill: true,
    clock: { now, sleep },
  });
  tell(job, ending);
};

const askByMessage = async (job: Job): Promise<void> => {
  const { child } = job.runtime;
  const { spec } = job.record();
  if (!spec.shutdownWithMessage || child?.connected !== true) return;
  child.send('shutdown', () => {
    // A channel that closed meanwhile: signals follow.
  });
  const { now, sleep } = job.context;
  const end = now() + (spec.killTimeoutMs * 2) / 3;
  while (now() < end && job.record().run?.isOn === true) await sleep(RECORD_POLL_MS * 5);
};

const waitForRecord = async (job: Job): Promise<void> => {
  const { now, sleep } = job.context;
  const end = now() + RECORD_WAIT_MS;
  while (now() < end && job.record().run?.isOn === true) {
    await lookForEnd(job);
    if (job.record().run?.isOn === true) await sleep(RECORD_POLL_MS);
  }
  const { run } = job.record();
  if (run?.isOn === true) await noticeEnd(job, run.launch, { code: null, signal: null, at: now() });
};

/** Ends everything of a service: politely, then by force, until nothing of it is left. */
export const endRun = async (job: Job): Promise<void> => {
  const { run, spec } = job.record();
  job.runtime.trouble = null;
  if (run !== null) {
    await askByMessage(job);
    const { table, now, sleep } = job.context;
    const ending = await endTree(table, familyOf(job), {
      signal: spec.killSignal,
      killTimeoutMs: spec.killTimeoutMs,
      treeKill: spec.treeKill,
      clock: { now, sleep },
    });
    tell(job, ending);
    await waitForRecord(job);
  }
  job.dispatch({ type: 'ended' });
};
