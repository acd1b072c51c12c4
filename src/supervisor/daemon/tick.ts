import { lookForEnd } from './end-of-run.ts';
import type { Figures } from './figures.ts';
import type { Job } from './job.ts';
import type { Jobs } from './jobs.ts';
import type { SampleReading } from './sampler/create-sampler.ts';
import type { Triggers } from './triggers.ts';

/** What is looked after every two seconds. */
export interface Rounds {
  readonly jobs: Jobs;
  readonly figures: Figures;
  readonly triggers: Triggers;
  /** Sees that somebody starts this daemon again when it is killed. */
  readonly keepGuardian: () => void;
}

const samePorts = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((port) => b.includes(port));

const isUp = (job: Job): boolean => job.record().status === 'online' || job.record().status === 'launching';

const takeIn = (job: Job, reading: SampleReading): void => {
  const { run, ports } = job.record();
  if (!reading.isMainAlive) return void lookForEnd(job);
  if (reading.ports !== null && reading.ports.length > 0 && !samePorts(reading.ports, ports)) {
    job.update({ ports: reading.ports });
  }
  if (reading.overLimit !== null && isUp(job)) {
    job.runtime.isOverLimit = true;
    job.dispatch({ type: 'over-limit', uptimeMs: reading.at - (run?.startedAt ?? reading.at) });
  }
};

/** A blocked service starts by itself once its port is free, and tells who holds it until then. */
const lookAtBlocked = async (job: Job): Promise<void> => {
  const block = await job.context.holderOf(job.record());
  if (job.record().status !== 'blocked') return;
  if (block === null) job.dispatch({ type: 'port-free' });
  else if (block.pid !== job.record().blockedBy?.pid) job.update({ blockedBy: block });
};

/** One round of looking after everything. */
export const tickOf =
  ({ jobs, figures, triggers, keepGuardian }: Rounds): (() => void) =>
  () => {
    const all = jobs.all();
    const byId = new Map(all.map((job) => [job.id, job]));
    for (const reading of figures.tick(all)) {
      const job = byId.get(reading.id);
      if (job !== undefined) takeIn(job, reading);
    }
    for (const job of all) if (job.record().status === 'blocked') void lookAtBlocked(job);
    jobs.context.logs.tick();
    triggers.sync(all);
    keepGuardian();
  };
