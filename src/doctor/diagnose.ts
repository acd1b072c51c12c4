import { nearestProject } from '../config/find-project.ts';
import type { Check, CheckContext, CheckOutcome, Preferences } from '../model/check.ts';
import type { MemorySeries } from '../model/dev-tree.ts';
import type { Finding } from '../model/finding.ts';
import type { Clock } from '../model/clock.ts';
import type { Platform } from '../model/platform.ts';
import type { LogRequest } from '../model/log.ts';
import type { ProcessInfo } from '../model/process.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { examine } from './examine.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** What to look into, from where. */
export interface DiagnosisRequest {
  readonly checks: readonly Check[];
  readonly ports: readonly number[];
  /** The folder of the project the command runs in. */
  readonly project: string | null;
  readonly preferences: Preferences;
  /** The logs to read; `null` for none. */
  readonly logs: LogRequest | null;
  /** Memory samples taken before, while watching. */
  readonly series: readonly MemorySeries[];
  readonly clock: Clock;
}

/** One look and the judgement on it. */
export interface Diagnosis {
  readonly snapshot: Snapshot;
  readonly outcomes: readonly CheckOutcome[];
  readonly findings: readonly Finding[];
  readonly processes: readonly ProcessInfo[];
}

/** The projects of all working directories in the facts, looked up before the checks so that they need not look. */
const projectsOf = ({ readings }: Snapshot, processes: readonly ProcessInfo[]): ReadonlyMap<string, string | null> => {
  const trees = readings.memory?.ok === true ? readings.memory.value.trees : [];
  const directories = new Set([
    ...processes.flatMap(({ cwd }) => (cwd === null || cwd.deleted ? [] : [cwd.path])),
    ...trees.flatMap(({ cwd }) => cwd ?? []),
  ]);
  return new Map([...directories].map((directory) => [directory, nearestProject(directory)]));
};

const processesOf = ({ readings }: Snapshot): readonly ProcessInfo[] => {
  const held = readings.processes?.ok === true ? readings.processes.value : [];
  const left = readings.leftovers?.ok === true ? readings.leftovers.value.processes : [];
  return [...new Map([...held, ...left].map((process) => [process.pid, process])).values()];
};

const leastLimit = ({ maxMemoryBytes, services }: Preferences): number | null => {
  const limits = [maxMemoryBytes, ...services.map(({ limitBytes }) => limitBytes)].flatMap((limit) => limit ?? []);
  return limits.length === 0 ? null : Math.min(...limits);
};

const LOG_CHECK = 'restart-loop';

/** Not one of the logs could be read: that nothing was found in them says nothing. */
const isBlind = ({ readings }: Snapshot): boolean => {
  const outcomes = readings.logs?.ok === true ? readings.logs.value.outcomes : [];
  return outcomes.length > 0 && outcomes.every(({ state }) => state === 'unreadable');
};

/** Each log that was not read to its end is an outcome of its own: what it may hold was not judged. */
const logTroubles = ({ readings }: Snapshot): readonly CheckOutcome[] =>
  readings.logs?.ok === true
    ? readings.logs.value.outcomes.flatMap(({ name, state, detail }) =>
        state === 'read' ? [] : [{ status: 'skipped', check: LOG_CHECK, because: `${name}: ${detail ?? state}` }],
      )
    : [];

/** Looks once and judges: snapshot, then checks, then findings. */
export const diagnose = async (request: DiagnosisRequest, platform: Platform): Promise<Diagnosis> => {
  const { checks, preferences } = request;
  const needs = new Set(checks.flatMap((check) => check.needs));
  const snapshot = await takeSnapshot({ ...request, needs, leastLimitBytes: leastLimit(preferences) }, platform);
  const processes = processesOf(snapshot);
  const projects = projectsOf(snapshot, processes);
  const self = platform.inspect.self();
  const context: CheckContext = {
    ...preferences,
    now: snapshot.takenAt,
    project: request.project,
    uid: self.uid,
    selfPid: self.pid,
    selfControlGroup: processes.find(({ pid }) => pid === self.pid)?.controlGroup ?? null,
    projectOf: (directory) => projects.get(directory) ?? null,
  };
  const troubles = logTroubles(snapshot);
  const examined = examine(checks, snapshot, context);
  const outcomes = [
    ...(isBlind(snapshot) ? examined.filter(({ check }) => check !== LOG_CHECK) : examined),
    ...troubles,
  ];
  const findings = outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []));
  return { snapshot, outcomes, findings, processes };
};
