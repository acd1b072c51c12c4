import type { Effect } from '../core/lifecycle.ts';
import type { Job } from './job.ts';
import { endRun, sweepLeftovers } from './end-run.ts';
import { startRun } from './start-run.ts';

type Performer = (job: Job, effect: Effect) => Promise<void> | void;

const cancelPause = ({ runtime }: Job): void => {
  if (runtime.pause !== null) clearTimeout(runtime.pause);
  runtime.pause = null;
};

/** Where many waited for a process that had no time, they go on one after the other all the same. */
const goOnAfter = (job: Job, ms: number, isShared: boolean): void => {
  const { turns, now } = job.context;
  job.runtime.pause = setTimeout(() => {
    const late = isShared ? turns.late(now()) : 0;
    if (late > 0) return goOnAfter(job, late, isShared);
    job.runtime.pause = null;
    job.dispatch({ type: 'pause-over' });
  }, ms).unref();
};

const pause: Performer = (job, effect) => {
  if (effect.type !== 'pause') return;
  const { turns, now } = job.context;
  const ms = effect.shared ? turns.next(now(), effect.ms) : effect.ms;
  cancelPause(job);
  if (ms <= 0) return job.dispatch({ type: 'pause-over' });
  goOnAfter(job, ms, effect.shared);
};

const lookAtPort: Performer = async (job) => {
  if (job.record().status !== 'launching') return;
  const block = await job.context.holderOf(job.record());
  job.dispatch(block === null ? { type: 'port-free' } : { type: 'port-held', block });
};

/** How each effect is carried out. */
export const PERFORM: Readonly<Record<Effect['type'], Performer>> = {
  sweep: sweepLeftovers,
  'look-at-port': lookAtPort,
  launch: startRun,
  end: endRun,
  pause,
  'cancel-pause': cancelPause,
};
