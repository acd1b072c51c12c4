import { isDeepStrictEqual } from 'node:util';
import type { ServiceSpec } from '../../model/service.ts';
import { logsOfInstance } from '../core/instance-logs.ts';
import { NEW_LIFECYCLE } from '../core/lifecycle.ts';
import type { ActionOutcome, ActionResult, ApplyRequest } from '../protocol/messages.ts';
import { judgeStart } from '../state/describe-service.ts';
import type { ServiceRecord } from '../state/records.ts';
import type { Job } from './job.ts';
import type { Jobs } from './jobs.ts';

/** What one service has to do with a request: asked to start, or left as it is. */
type Move = { readonly job: Job; readonly event: 'start' | 'restart' | null };

const copiesOf = ({ mode, instances }: ServiceSpec): number => (mode === 'cluster' ? 1 : instances);

const newRecord = (jobs: Jobs, spec: ServiceSpec, instance: number): ServiceRecord => {
  const id = jobs.context.store.nextId();
  return {
    ...NEW_LIFECYCLE,
    id,
    instance,
    spec,
    logs: logsOfInstance(spec, id),
    createdAt: new Date(jobs.context.now()).toISOString(),
    run: null,
    lastExit: null,
    ports: [],
  };
};

/** What a changed configuration changes: a port that another version learned says nothing of this one. */
const withSpec = (record: ServiceRecord, spec: ServiceSpec): Partial<ServiceRecord> => ({
  spec,
  logs: logsOfInstance(spec, record.id),
  ports: spec.port === record.spec.port ? record.ports : [],
});

const moveOf = (job: Job, spec: ServiceSpec, verb: ApplyRequest['verb']): Move => {
  const record = job.record();
  const isSame = isDeepStrictEqual(record.spec, spec);
  if (!isSame) job.update(withSpec(record, spec));
  const isRunning = record.status === 'online' || record.status === 'launching' || record.status === 'stopping';
  if (!isRunning) return { job, event: 'start' };
  if (record.status === 'stopping') return { job, event: 'restart' };
  return { job, event: verb === 'restart' || !isSame ? 'restart' : null };
};

/** Is a service that is new to be started? */
type IsWanted = (spec: ServiceSpec) => boolean;

const add = (jobs: Jobs, spec: ServiceSpec, instance: number, isWanted: IsWanted): Move => {
  const record = newRecord(jobs, spec, instance);
  jobs.context.store.put(record);
  return { job: jobs.add(record.id), event: isWanted(spec) ? 'start' : null };
};

const instancesNamed = (jobs: Jobs, name: string): readonly Job[] =>
  jobs
    .all()
    .filter((job) => job.record().spec.name === name && !job.runtime.isDeleted)
    .toSorted((a, b) => a.record().instance - b.record().instance);

/** Brings the copies of one service to what its configuration says: kept, changed, added or deleted. */
const applySpec = (
  jobs: Jobs,
  spec: ServiceSpec,
  verb: ApplyRequest['verb'],
  isWanted: IsWanted,
): { moves: Move[]; surplus: readonly Job[] } => {
  const present = instancesNamed(jobs, spec.name);
  const count = copiesOf(spec);
  const moves = present.slice(0, count).map((job) => moveOf(job, spec, verb));
  const taken = new Set(present.map((job) => job.record().instance));
  for (let instance = 0; moves.length < count; instance += 1) {
    if (!taken.has(instance)) moves.push(add(jobs, spec, instance, isWanted));
  }
  return { moves, surplus: present.slice(count) };
};

/** How a service came out of a start. */
export const outcomeOf = (job: Job, isUnchanged: boolean): ActionOutcome => {
  const record = job.record();
  const { outcome, detail, hint } = judgeStart(record, job.runtime.trouble);
  return {
    id: job.id,
    name: record.spec.name,
    outcome: outcome === 'done' && isUnchanged ? 'unchanged' : outcome,
    status: record.status,
    pid: record.run?.isOn === true ? (record.run.main?.pid ?? null) : null,
    detail,
    hint,
  };
};

const clusterNotices = (specs: readonly ServiceSpec[]): readonly string[] =>
  specs
    .filter(({ mode, instances }) => mode === 'cluster' && instances > 1)
    .map(
      ({ name, instances }) => `${name}: cluster mode is not there yet, so one process runs instead of ${instances}`,
    );

const carryOut = async ({ job, event }: Move): Promise<ActionOutcome> => {
  if (event !== null) job.dispatch({ type: event });
  await job.settled();
  if (event === null && job.record().status === 'stopped') {
    return { ...outcomeOf(job, true), outcome: 'unchanged', detail: 'not started: it is not wanted now', hint: null };
  }
  return outcomeOf(job, event === null);
};

/** Applies configurations. All that is new is on the disk before anything of it runs. */
export const applySpecs = async (
  jobs: Jobs,
  { specs, verb, prune }: ApplyRequest,
  isWanted: IsWanted = ({ autostart }) => autostart,
): Promise<ActionResult> => {
  await jobs.deletionsOf(specs.map(({ name }) => name));
  const plans = specs.map((spec) => applySpec(jobs, spec, verb, isWanted));
  const names = new Set(specs.map(({ name }) => name));
  const dropped = jobs.all().filter((job) => {
    const { spec } = job.record();
    return prune !== null && spec.configFile === prune && !names.has(spec.name);
  });
  const removals = [...plans.flatMap(({ surplus }) => surplus), ...dropped].map((job) => jobs.remove(job));
  const starts = plans.flatMap(({ moves }) => moves).map(carryOut);
  // Orders are given and nothing of them is done yet: what follows begins when this stretch of code is over.
  jobs.context.store.commit();
  const outcomes = await Promise.all(starts);
  const removed = await Promise.all(removals);
  jobs.context.store.commit();
  return { outcomes: [...outcomes, ...removed], notices: clusterNotices(specs) };
};
