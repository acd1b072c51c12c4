import type { ActionOutcome } from '../protocol/messages.ts';
import { launchesIn, removeRunFiles, runBase } from '../state/run-files.ts';
import type { JobContext } from './job-context.ts';
import { createJob } from './create-job.ts';
import type { Job } from './job.ts';

/** All services of this daemon. */
export interface Jobs {
  readonly context: JobContext;
  /** Each is in the store. */
  readonly all: () => readonly Job[];
  readonly add: (id: number) => Job;
  /** Ends a service and forgets it. Who asks while that goes on gets the same answer. */
  readonly remove: (job: Job) => Promise<ActionOutcome>;
  /** Resolves when no service of these names is being deleted any more. */
  readonly deletionsOf: (names: readonly string[]) => Promise<void>;
}

const forget = (job: Job): void => {
  const { store, home } = job.context;
  const launch = launchesIn(home.run).get(job.id);
  store.remove(job.id);
  job.context.forget(job.id);
  if (launch !== undefined) removeRunFiles(runBase(home.run, job.id, launch));
};

const deletion = (job: Job): ActionOutcome => ({
  id: job.id,
  name: job.record().spec.name,
  outcome: 'done',
  status: 'deleted',
  pid: null,
  detail: null,
  hint: null,
});

/** What cannot be ended is not forgotten either: it would run on, and nobody would know. */
const end = async (job: Job, ended: () => void): Promise<ActionOutcome> => {
  const { runtime } = job;
  runtime.isDeleted = true;
  runtime.trouble = null;
  do {
    job.dispatch({ type: 'stop' });
    await job.settled();
  } while (runtime.trouble === null && job.record().run?.isOn === true);
  const outcome = deletion(job);
  if (runtime.trouble === null) {
    forget(job);
    ended();
    return outcome;
  }
  runtime.isDeleted = false;
  return { ...outcome, outcome: 'failed', status: job.record().status, detail: runtime.trouble };
};

/** Keeps the jobs of the services that are in the store. */
export const createJobs = (context: JobContext): Jobs => {
  const jobs = new Map<number, Job>();
  const removals = new Map<number, Promise<ActionOutcome>>();
  const add = (id: number): Job => {
    const job = createJob(id, context);
    jobs.set(id, job);
    return job;
  };
  return {
    context,
    add,
    all: () => [...jobs.values()],
    remove: (job) => {
      const running = removals.get(job.id);
      if (running !== undefined) return running;
      const removal = end(job, () => jobs.delete(job.id)).finally(() => removals.delete(job.id));
      removals.set(job.id, removal);
      return removal;
    },
    deletionsOf: async (names) => {
      const wanted = new Set(names);
      const going = [...removals.keys()].filter((id) => wanted.has(context.store.record(id)?.spec.name ?? ''));
      await Promise.all(going.flatMap((id) => removals.get(id) ?? []));
    },
  };
};
