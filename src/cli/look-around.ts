import { nearestProject } from '../config/find-project.ts';
import { projectPorts, type ProjectPorts } from '../config/project-ports.ts';
import { diagnose, type Diagnosis } from '../doctor/diagnose.ts';
import { portNotes } from '../doctor/port-notes.ts';
import type { CheckOutcome } from '../model/check.ts';
import type { Platform } from '../model/platform.ts';
import type { OutcomeSummary } from '../model/results.ts';
import { choosePlatform } from '../platform/choose.ts';
import type { Invocation, Surroundings } from './invocation.ts';
import { checksAsked, portsAsked } from './read-arguments.ts';

/** A diagnosis with where it was made. */
export interface LookAround {
  readonly platform: Platform;
  readonly diagnosis: Diagnosis;
  readonly ports: ProjectPorts['ports'];
  readonly notes: readonly string[];
}

/** Reads the arguments that check and fix share, and looks: at the asked ports, else at those the project names. */
export const lookAround = async (invocation: Invocation, { cwd, environment }: Surroundings): Promise<LookAround> => {
  const asked = portsAsked(invocation);
  const checks = checksAsked(invocation);
  const project = nearestProject(cwd);
  const named: ProjectPorts =
    asked.length > 0
      ? { ports: asked.map((port) => ({ port, source: '--port' })), notes: [] }
      : await projectPorts(project);
  const ports = named.ports.map(({ port }) => port);
  const platform = await choosePlatform(environment);
  const diagnosis = await diagnose({ checks, ports, project, now: Date.now() }, platform);
  return { platform, diagnosis, ports: named.ports, notes: [...named.notes, ...portNotes(ports)] };
};

/** Outcomes without their findings, for the result. */
export const summarize = (outcomes: readonly CheckOutcome[]): readonly OutcomeSummary[] =>
  outcomes.map((outcome) => {
    const { check, status } = outcome;
    if (outcome.status === 'skipped') return { check, status, because: outcome.because };
    return outcome.status === 'crashed' ? { check, status, because: outcome.error.message } : { check, status };
  });
