import type { LastExit } from '../../model/service.ts';
import { readExit, runBase, type RecordedExit } from '../state/run-files.ts';
import type { Job } from './job.ts';
import { lookAt } from '../core/look-at.ts';
import { NO_CAUSE, readCause, type ExitCause } from './read-cause.ts';

const TAIL_BYTES = 16_384;

const causeOf = async (job: Job, exit: Pick<RecordedExit, 'code' | 'signal'>): Promise<ExitCause> => {
  await job.context.logs.detach(job.id);
  const tail = job.context.logs.tail(job.id, TAIL_BYTES);
  return tail === null ? NO_CAUSE : readCause(tail.text, exit);
};

const OVER_LIMIT = 'PM2_MEMORY_LIMIT';

const lastExitOf = (
  { code, signal, at }: RecordedExit,
  cause: ExitCause,
  { isAsked, isOverLimit }: { readonly isAsked: boolean; readonly isOverLimit: boolean },
): LastExit => {
  const when = new Date(at).toISOString();
  if (isOverLimit) return { code, signal, at: when, ...NO_CAUSE, rootCause: OVER_LIMIT };
  return isAsked ? { code, signal, at: when, ...NO_CAUSE } : { code, signal, at: when, ...cause };
};

/** Records how the current run ended, and lets the policy decide what follows. Only the first to notice does anything. */
export const noticeEnd = async (job: Job, launch: number, exit: RecordedExit): Promise<void> => {
  const { run, status } = job.record();
  if (run === null || run.launch !== launch || !run.isOn) return;
  const isAsked = status === 'stopping';
  job.update({ run: { ...run, isOn: false } });
  job.runtime.child = null;
  const cause = await causeOf(job, exit);
  if (job.context.store.record(job.id) === null) return;
  const { isOverLimit } = job.runtime;
  job.runtime.isOverLimit = false;
  job.update({ lastExit: lastExitOf(exit, cause, { isAsked, isOverLimit }) });
  const uptimeMs = Math.max(0, exit.at - run.startedAt);
  job.dispatch({ type: 'exited', exit: { code: exit.code, signal: exit.signal, uptimeMs, overLimit: false } });
};

/**
 * Looks whether the current run has ended: its shim wrote it down, or, where the shim was killed, its main process is gone
 * and nobody can say how it ended.
 */
export const lookForEnd = async (job: Job): Promise<void> => {
  const { run } = job.record();
  if (run === null || !run.isOn) return;
  const { table, home } = job.context;
  const exit = readExit(runBase(home.run, job.id, run.launch));
  if (exit !== null) return noticeEnd(job, run.launch, exit);
  if (run.main === null || lookAt(table, run.main) !== null) return;
  const shim = lookAt(table, run.shim);
  // It is about to write down how its service ended; somebody may have stopped it.
  if (run.shim !== null && shim !== null) {
    if (shim.state === 'stopped') table.signal(run.shim, 'SIGCONT');
    return;
  }
  await noticeEnd(job, run.launch, { code: null, signal: null, at: job.context.now() });
};

/** The shim of a run is gone. If it was killed, its service may well go on. */
export const noticeShimEnd = (job: Job, launch: number): void => {
  const record = job.context.store.record(job.id);
  if (record?.run?.launch !== launch) return;
  job.runtime.child = null;
  job.runtime.shimEndedAt = job.context.now();
  void lookForEnd(job);
};
