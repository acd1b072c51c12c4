import { transition, type Effect } from '../core/lifecycle.ts';
import { judgeReadiness } from '../core/readiness.ts';
import { neededPort } from '../state/instance-environment.ts';
import type { ServiceRecord } from '../state/records.ts';
import type { JobContext } from './job-context.ts';
import type { Job, Runtime } from './job.ts';
import { PERFORM } from './perform.ts';
import { settling, type Settling } from './settling.ts';

const isMoving = ({ status }: ServiceRecord): boolean => status === 'launching' || status === 'stopping';

const meetIfSettled = ({ runtime, record }: Job, meeting: Settling): void => {
  if (runtime.pending === 0 && !isMoving(record())) meeting.settled();
};

/** Effects of one service are carried out one after the other, whatever happens meanwhile. */
const enqueue = (job: Job, meeting: Settling, effects: readonly Effect[]): void => {
  const { runtime } = job;
  for (const effect of effects) {
    runtime.pending += 1;
    runtime.queue = runtime.queue
      .then(() => PERFORM[effect.type](job, effect))
      .catch((error: unknown) => {
        runtime.trouble = `a fault of ours: ${String(error)}`;
        process.emitWarning(error instanceof Error ? error : String(error));
      })
      .finally(() => {
        runtime.pending -= 1;
        meetIfSettled(job, meeting);
      });
  }
  meetIfSettled(job, meeting);
};

const judge = (job: Job, ports: readonly number[]): void => {
  const { spec, instance, run, status, ports: before } = job.record();
  if (status !== 'launching' || run === null || !run.isOn) return;
  const verdict = judgeReadiness({
    spec,
    port: neededPort(spec, instance),
    listenedBefore: before.length > 0,
    uptimeMs: job.context.now() - run.startedAt,
    ports,
    saidReady: job.runtime.saidReady,
  });
  if (verdict.state === 'not-yet') return;
  if (verdict.state === 'late') job.runtime.trouble = verdict.why;
  job.update({ ports });
  job.dispatch({ type: 'ready' });
};

/** Makes the job of a service that is in the store. */
export const createJob = (id: number, context: JobContext): Job => {
  const meeting = settling();
  const runtime: Runtime = {
    child: null,
    shimEndedAt: null,
    pause: null,
    saidReady: false,
    trouble: null,
    queue: Promise.resolve(),
    pending: 0,
    isDeleted: false,
    isOverLimit: false,
  };
  const record = (): ServiceRecord => {
    const found = context.store.record(id);
    if (found === null) throw new Error(`service ${id} is gone`);
    return found;
  };
  const job: Job = {
    id,
    context,
    runtime,
    record,
    update: (change) => context.store.put({ ...record(), ...change }),
    dispatch: (event) => {
      if (context.store.record(id) === null) return;
      const from = record();
      const [to, effects] = transition(from, event, { spec: from.spec, now: context.now(), random: context.random });
      if (to !== from) context.store.put({ ...from, ...to });
      enqueue(job, meeting, effects);
    },
    settled: async () => {
      if (runtime.pending > 0 || isMoving(record())) await meeting.wait();
    },
    judge: (ports) => judge(job, ports),
  };
  return job;
};
