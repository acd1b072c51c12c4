import type { Clock } from '../../model/clock.ts';
import type { ProcessTable } from '../../model/process-table.ts';
import type { BirthMark, ServiceSample } from '../../model/service.ts';
import { markEntryOf } from '../state/instance-environment.ts';
import type { Home } from '../state/home.ts';
import type { Measured } from '../state/row-of.ts';
import type { Job } from './job.ts';
import { createSampler, type SampleReading } from './sampler/create-sampler.ts';

/** What is measured of services. */
export interface Figures {
  /** Measures all that run. */
  readonly tick: (jobs: readonly Job[]) => readonly SampleReading[];
  /** The latest figures, for somebody who looks at them now. */
  readonly measure: (jobs: readonly Job[]) => ReadonlyMap<number, Measured>;
  readonly membersOf: (id: number) => readonly BirthMark[];
  readonly samplesOf: (id: number) => readonly ServiceSample[];
  readonly forget: (id: number) => void;
}

const isOn = (job: Job): boolean => job.record().run?.isOn === true;

const sampledOf = (job: Job, home: Home): Parameters<ReturnType<typeof createSampler>['tick']>[0][number] => {
  const { run, spec } = job.record();
  return {
    id: job.id,
    startedAt: run?.startedAt ?? 0,
    limitBytes: spec.maxMemoryBytes,
    family: { shim: run?.shim ?? null, main: run?.main ?? null, mark: markEntryOf(home, job.id), known: [] },
  };
};

/** Was it read before the service was as it is: in an earlier run, or before it began to listen? */
const isOutdated = (job: Job, reading: SampleReading | undefined): boolean => {
  const { run, ports } = job.record();
  if (run?.isOn !== true) return false;
  return reading === undefined || reading.at < run.startedAt || (reading.ports?.length === 0 && ports.length > 0);
};

/** Keeps the latest figures of each service, and an hour of samples. */
export const figuresOf = (home: Home, table: ProcessTable, clock: Clock): Figures => {
  const sampler = createSampler({ table, clock });
  const latest = new Map<number, SampleReading>();
  const tick = (jobs: readonly Job[]): readonly SampleReading[] => {
    const readings = sampler.tick(jobs.filter(isOn).map((job) => sampledOf(job, home)));
    latest.clear();
    for (const reading of readings) latest.set(reading.id, reading);
    return readings;
  };
  return {
    tick,
    measure: (jobs) => {
      sampler.attend();
      // Who has just started would have no figures, or wrong ones, for two seconds.
      if (jobs.some((job) => isOutdated(job, latest.get(job.id)))) tick(jobs);
      return new Map(
        jobs.flatMap(({ id }) => {
          const reading = latest.get(id);
          if (reading === undefined) return [];
          const { memoryBytes, cpuPercent, ports, members } = reading;
          return [[id, { memoryBytes, cpuPercent, ports, pids: members.map(({ pid }) => pid) }] as const];
        }),
      );
    },
    membersOf: sampler.membersOf,
    samplesOf: sampler.samplesOf,
    forget: (id) => {
      sampler.forget(id);
      latest.delete(id);
    },
  };
};
