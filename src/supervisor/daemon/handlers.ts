import type { ServiceDetail, ServiceRow, ServiceSample } from '../../model/service.ts';
import { detailOf, rowOf, UNMEASURED, type Measured } from '../state/row-of.ts';
import { act, jobsFor, scale, sendSignal } from './act.ts';
import { applySpecs } from './apply.ts';
import type { Job } from './job.ts';
import type { Jobs } from './jobs.ts';
import { resurrectServices, saveServices } from './saved.ts';
import type { Handlers } from './server.ts';
import type { ActionResult } from '../protocol/messages.ts';

/** What handlers need besides the services. */
export interface Surroundings {
  readonly jobs: Jobs;
  readonly version: string;
  readonly startedAt: number;
  /** Fresh figures of these services. */
  readonly measure: (jobs: readonly Job[]) => ReadonlyMap<number, Measured>;
  readonly samplesOf: (id: number) => readonly ServiceSample[];
  /** Services have come, gone or changed. */
  readonly changed: () => void;
  /** Ends the daemon once the answer is on its way. */
  readonly leave: () => void;
}

const rows = ({ jobs, measure }: Surroundings): readonly ServiceRow[] => {
  const shown = jobs.all();
  const figures = measure(shown);
  const now = jobs.context.now();
  return shown.map((job) => rowOf(job.record(), figures.get(job.id) ?? UNMEASURED, now));
};

const details = ({ jobs, measure }: Surroundings, targets: readonly string[] | null): readonly ServiceDetail[] => {
  const shown = targets === null ? jobs.all() : jobsFor(jobs, targets);
  const figures = measure(shown);
  const now = jobs.context.now();
  return shown.map((job) => detailOf(job.record(), figures.get(job.id) ?? UNMEASURED, now));
};

const flush = async ({ jobs }: Surroundings, targets: readonly string[] | null): Promise<ActionResult> => {
  const chosen = jobsFor(jobs, targets ?? ['all']);
  const outcomes = await Promise.all(
    chosen.map(async (job) => {
      await jobs.context.logs.flush(job.record());
      const { id, spec, status } = job.record();
      return { id, name: spec.name, outcome: 'done' as const, status, pid: null, detail: null, hint: null };
    }),
  );
  return { outcomes, notices: [] };
};

const shutdown = async (surroundings: Surroundings, services: 'stop' | 'keep'): Promise<ActionResult> => {
  const { jobs, leave } = surroundings;
  const result =
    services === 'stop'
      ? await act(jobs, { verb: 'stop', targets: ['all'], env: null })
      : { outcomes: [], notices: [] };
  jobs.context.store.commit();
  leave();
  return result;
};

/** What services want watched is watched before the answer says that they run. */
const changing = async ({ changed }: Surroundings, action: Promise<ActionResult>): Promise<ActionResult> => {
  const result = await action;
  changed();
  return result;
};

/** Answers every request. */
export const handlersOf = (surroundings: Surroundings): Handlers => {
  const { jobs, version, startedAt } = surroundings;
  const { store, now, daemonPid } = jobs.context;
  return {
    ping: () => ({ pid: daemonPid, version, uptimeMs: now() - startedAt }),
    list: () => ({ services: rows(surroundings), notices: store.notices() }),
    details: ({ targets }) => ({ services: details(surroundings, targets) }),
    apply: (request) => changing(surroundings, applySpecs(jobs, request)),
    act: (request) => changing(surroundings, act(jobs, request)),
    scale: (request) => changing(surroundings, scale(jobs, request)),
    signal: (request) => sendSignal(jobs, request),
    flush: ({ targets }) => flush(surroundings, targets),
    save: () => saveServices(jobs),
    resurrect: () => changing(surroundings, resurrectServices(jobs)),
    samples: () => ({
      samples: Object.fromEntries(jobs.all().map(({ id }) => [id, surroundings.samplesOf(id)])),
    }),
    shutdown: ({ services }) => shutdown(surroundings, services),
  };
};
