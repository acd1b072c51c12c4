import { readFileSync } from 'node:fs';
import { DevdoctorError } from '../../model/error.ts';
import type { ServiceSpec } from '../../model/service.ts';
import { errorCode, messageOf } from '../../util/error-code.ts';
import type { ActionResult, AnswerOf } from '../protocol/messages.ts';
import { writePrivate } from '../state/write-private.ts';
import { act } from './act.ts';
import { applySpecs } from './apply.ts';
import type { Jobs } from './jobs.ts';

/** The services to bring back, as `save` writes them. */
interface Saved {
  readonly schemaVersion: 1;
  readonly services: readonly { readonly spec: ServiceSpec; readonly wanted: 'running' | 'stopped' }[];
}

/** Writes which services there are and which of them run, for `resurrect`. */
export const saveServices = (jobs: Jobs): AnswerOf<'save'> => {
  const { saved: file } = jobs.context.home;
  const byName = new Map(jobs.all().map((job) => [job.record().spec.name, job.record()] as const));
  if (byName.size === 0) {
    throw new DevdoctorError('usage', `there are no services to save; ${file} was left as it is`, 'devdoctor start');
  }
  const services = [...byName.values()].map(({ spec, wanted }) => ({ spec, wanted }));
  const saved: Saved = { schemaVersion: 1, services };
  writePrivate(file, `${JSON.stringify(saved)}\n`, true);
  return { file, count: services.length };
};

const readSaved = (file: string): Saved => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Saved;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new DevdoctorError('usage', `nothing was saved: there is no ${file}`, 'devdoctor save');
    }
    throw new DevdoctorError('configuration', `cannot read ${file}: ${messageOf(error)}`, 'devdoctor save');
  }
};

/** Brings back what was saved. What runs already is left as it is. */
export const resurrectServices = async (jobs: Jobs): Promise<ActionResult> => {
  const { services } = readSaved(jobs.context.home.saved);
  const running = new Set(services.filter(({ wanted }) => wanted === 'running').map(({ spec }) => spec.name));
  const present = jobs.all().map((job) => job.record().spec.name);
  const known = new Set(present);
  const specs = services.map(({ spec }) => spec).filter(({ name }) => !known.has(name));
  const [added, started] = await Promise.all([
    applySpecs(jobs, { specs, verb: 'start', prune: null }, ({ name }) => running.has(name)),
    act(jobs, { verb: 'start', targets: [...new Set(present.filter((name) => running.has(name)))], env: null }),
  ]);
  return { outcomes: [...added.outcomes, ...started.outcomes], notices: added.notices };
};
