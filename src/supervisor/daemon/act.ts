import { constants } from 'node:os';
import { DevdoctorError } from '../../model/error.ts';
import type { ServiceSpec, ServiceStatus } from '../../model/service.ts';
import { didYouMean } from '../../util/did-you-mean.ts';
import { selectServices } from '../core/select-services.ts';
import type { ActionOutcome, ActionResult, ParamsOf, Verb } from '../protocol/messages.ts';
import { applySpecs, outcomeOf } from './apply.ts';
import type { Job } from './job.ts';
import type { Jobs } from './jobs.ts';

/** The services that words on a command line mean. Throws where a word means none. */
export const jobsFor = (jobs: Jobs, targets: readonly string[]): readonly Job[] => {
  const known = jobs
    .all()
    .filter(({ runtime }) => !runtime.isDeleted)
    .map((job) => {
      const { spec } = job.record();
      return { id: job.id, name: spec.name, namespace: spec.namespace, configFile: spec.configFile, job };
    });
  return selectServices(known, targets).map(({ job }) => job);
};

const plainOutcome = (job: Job, outcome: ActionOutcome['outcome'], detail: string | null): ActionOutcome => ({
  id: job.id,
  name: job.record().spec.name,
  outcome,
  status: job.record().status,
  pid: job.record().run?.isOn === true ? (job.record().run?.main?.pid ?? null) : null,
  detail,
  hint: null,
});

const AT_REST: ReadonlySet<ServiceStatus> = new Set(['stopped', 'errored']);

const stop = async (job: Job): Promise<ActionOutcome> => {
  const wasAtRest = job.record().status === 'stopped';
  job.runtime.trouble = null;
  job.dispatch({ type: 'stop' });
  await job.settled();
  const { trouble } = job.runtime;
  if (trouble !== null) return plainOutcome(job, 'failed', trouble);
  return plainOutcome(job, wasAtRest ? 'unchanged' : 'done', wasAtRest ? 'it was stopped' : null);
};

const begin =
  (event: 'start' | 'restart') =>
  async (job: Job): Promise<ActionOutcome> => {
    const isUnchanged = event === 'start' && ['online', 'launching'].includes(job.record().status);
    if (AT_REST.has(job.record().status)) job.runtime.trouble = null;
    job.dispatch({ type: event });
    await job.settled();
    return outcomeOf(job, isUnchanged);
  };

const reset = (job: Job): Promise<ActionOutcome> => {
  job.update({ restarts: 0, unstableRestarts: 0, crashes: [], quickExits: 0 });
  return Promise.resolve(plainOutcome(job, 'done', null));
};

const CARRY_OUT: Readonly<Record<Exclude<Verb, 'delete'>, (job: Job) => Promise<ActionOutcome>>> = {
  start: begin('start'),
  restart: begin('restart'),
  stop,
  reset,
};

/** The variables of the shell are told anew; those of the configuration stay. */
const withShell = (spec: ServiceSpec, shell: Readonly<Record<string, string>>): ServiceSpec => {
  const own = spec.ownVariables.flatMap((name) => {
    const value = spec.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...spec, env: { ...shell, ...Object.fromEntries(own) } };
};

/** Carries out a verb on services, all at once, and answers when each of them has settled. */
export const act = async (jobs: Jobs, { verb, targets, env }: ParamsOf<'act'>): Promise<ActionResult> => {
  const chosen = jobsFor(jobs, targets);
  if (env !== null) for (const job of chosen) job.update({ spec: withShell(job.record().spec, env) });
  const carryOut = verb === 'delete' ? (job: Job): Promise<ActionOutcome> => jobs.remove(job) : CARRY_OUT[verb];
  const carriedOut = chosen.map(carryOut);
  // What was ordered is on the disk before anything of it is done: whoever comes after a sudden end goes on with it.
  jobs.context.store.commit();
  const outcomes = await Promise.all(carriedOut);
  jobs.context.store.commit();
  return { outcomes, notices: [] };
};

const wantedCount = (text: string, present: number): number => {
  const [, sign = '', digits] = /^([+-]?)(\d{1,4})$/.exec(text) ?? [];
  const count = Number(digits);
  const wanted = sign === '' ? count : sign === '+' ? present + count : present - count;
  if (digits === undefined || wanted < 1) {
    const why = digits === undefined ? `not "${text}"` : `and ${wanted} would be left`;
    throw new DevdoctorError(
      'usage',
      `scale takes a number of copies, at least 1, or a change such as +2 or -1, ${why}`,
      'devdoctor scale api 2',
    );
  }
  return wanted;
};

/** Changes how many copies of a service there are. */
export const scale = async (jobs: Jobs, { target, count }: ParamsOf<'scale'>): Promise<ActionResult> => {
  const chosen = jobsFor(jobs, [target]);
  const names = [...new Set(chosen.map((job) => job.record().spec.name))];
  const [name, other] = names;
  const spec = chosen[0]?.record().spec;
  if (name === undefined || spec === undefined || other !== undefined) {
    throw new DevdoctorError(
      'usage',
      `scale takes one service, and "${target}" means ${names.join(', ')}`,
      'devdoctor list',
    );
  }
  const present = jobs.all().filter((job) => job.record().spec.name === name);
  const instances = wantedCount(count, present.length);
  // Copies that run go on as they are: only their number changes.
  for (const job of present) job.update({ spec: { ...job.record().spec, mode: 'fork', instances } });
  return applySpecs(jobs, { specs: [{ ...spec, mode: 'fork', instances }], verb: 'start', prune: null });
};

const signalNamed = (text: string): NodeJS.Signals => {
  const wanted = text.toUpperCase();
  const name = wanted.startsWith('SIG') ? wanted : `SIG${wanted}`;
  if (Object.hasOwn(constants.signals, name)) return name as NodeJS.Signals;
  const meant = didYouMean(name, Object.keys(constants.signals));
  throw new DevdoctorError(
    'usage',
    `there is no signal "${text}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    'devdoctor send-signal SIGUSR2 api',
  );
};

/** Sends a signal to the main process of services. */
export const sendSignal = (jobs: Jobs, { targets, signal }: ParamsOf<'signal'>): ActionResult => {
  const name = signalNamed(signal);
  const outcomes = jobsFor(jobs, targets).map((job) => {
    const { run } = job.record();
    if (run?.isOn !== true || run.main === null) return plainOutcome(job, 'failed', 'it does not run');
    const sent = jobs.context.table.signal(run.main, name);
    return sent === 'sent'
      ? plainOutcome(job, 'done', null)
      : plainOutcome(job, 'failed', `the signal was not sent: ${sent}`);
  });
  return { outcomes, notices: [] };
};
