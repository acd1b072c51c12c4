import { nearestProject } from '../config/find-project.ts';
import type { Check, CheckContext, CheckOutcome } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Platform } from '../model/platform.ts';
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
  readonly now: number;
}

/** One look and the judgement on it. */
export interface Diagnosis {
  readonly snapshot: Snapshot;
  readonly outcomes: readonly CheckOutcome[];
  readonly findings: readonly Finding[];
  readonly processes: readonly ProcessInfo[];
}

/** The projects of all working directories in the facts, looked up before the checks so that they need not look. */
const projectsOf = (processes: readonly ProcessInfo[]): ReadonlyMap<string, string | null> => {
  const directories = new Set(processes.flatMap(({ cwd }) => (cwd === null || cwd.deleted ? [] : [cwd.path])));
  return new Map([...directories].map((directory) => [directory, nearestProject(directory)]));
};

const processesOf = ({ readings }: Snapshot): readonly ProcessInfo[] =>
  readings.processes?.ok === true ? readings.processes.value : [];

/** Looks once and judges: snapshot, then checks, then findings. */
export const diagnose = async (request: DiagnosisRequest, platform: Platform): Promise<Diagnosis> => {
  const snapshot = await takeSnapshot(request.ports, platform, request.now);
  const processes = processesOf(snapshot);
  const projects = projectsOf(processes);
  const self = platform.inspect.self();
  const context: CheckContext = {
    now: request.now,
    project: request.project,
    uid: self.uid,
    selfPid: self.pid,
    selfControlGroup: processes.find(({ pid }) => pid === self.pid)?.controlGroup ?? null,
    projectOf: (directory) => projects.get(directory) ?? null,
  };
  const outcomes = examine(request.checks, snapshot, context);
  const findings = outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : []));
  return { snapshot, outcomes, findings, processes };
};
