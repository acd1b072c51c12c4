import { checks as allChecks } from '../checks/index.ts';
import { DEFAULT_SETTINGS, type DoctorSettings } from '../config/doctor-settings.ts';
import { nearestProject } from '../config/find-project.ts';
import { readProjectFiles, type ProjectFiles } from '../config/project-files.ts';
import { portsIn, projectPorts, type ProjectPorts } from '../config/project-ports.ts';
import { settingsIn } from '../config/project-settings.ts';
import { serviceLimitsIn } from '../config/service-limits.ts';
import { diagnose, type Diagnosis } from '../doctor/diagnose.ts';
import { portNotes } from '../doctor/port-notes.ts';
import type { CheckOutcome, ServiceLimit } from '../model/check.ts';
import type { MemorySeries } from '../model/dev-tree.ts';
import { DevdoctorError, isKnownError } from '../model/error.ts';
import { isPortFinding, isProcessFinding, type Finding } from '../model/finding.ts';
import type { Platform } from '../model/platform.ts';
import type { OutcomeSummary } from '../model/results.ts';
import { choosePlatform } from '../platform/choose.ts';
import { namesOf } from '../programs/words-of.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { plural } from '../util/plural.ts';
import type { Invocation, Surroundings } from './invocation.ts';
import { logRequest } from './log-request.ts';
import { checksAsked, minAgeAsked, portsAsked } from './read-arguments.ts';
import { systemClock } from './system-clock.ts';

/** A diagnosis with where it was made. */
export interface LookAround {
  readonly platform: Platform;
  readonly diagnosis: Diagnosis;
  readonly ports: ProjectPorts['ports'];
  readonly notes: readonly string[];
  readonly settings: DoctorSettings;
}

interface Wanted {
  readonly named: ProjectPorts;
  readonly settings: DoctorSettings;
  readonly services: readonly ServiceLimit[];
  readonly files: ProjectFiles | null;
}

/** An ignore list that names no check would ignore nothing, and nobody would know. */
const checkIgnored = ({ ignore }: DoctorSettings): void => {
  const ids = allChecks.map(({ id }) => id);
  const unknown = ignore.find((entry) => !ids.includes(entry.split(':')[0] ?? ''));
  if (unknown === undefined) return;
  const meant = didYouMean(unknown.split(':')[0] ?? '', ids);
  throw new DevdoctorError(
    'configuration',
    `the settings ignore "${unknown}", and there is no such check${meant === null ? '' : `; did you mean ${meant}?`}`,
    'devdoctor checks',
  );
};

/** A look at named ports needs no file of the project; whatever acts must know what is protected. */
const wantedBy = async (asked: readonly number[], project: string | null, acts: boolean): Promise<Wanted> => {
  const byName: ProjectPorts = { ports: asked.map((port) => ({ port, source: '--port' })), notes: [] };
  if (project === null || (asked.length > 0 && !acts)) {
    const named = asked.length > 0 ? byName : await projectPorts(project);
    return { named, settings: DEFAULT_SETTINGS, services: [], files: null };
  }
  const files = await readProjectFiles(project);
  const { settings } = settingsIn(files);
  checkIgnored(settings);
  return {
    named: asked.length > 0 ? byName : portsIn(files),
    settings,
    services: serviceLimitsIn(files).services,
    files,
  };
};

/** A pid is another one tomorrow, so a process is ignored by the name of its program or script as well. */
const namesOfSubject = (finding: Finding): readonly (string | number)[] => {
  if (isPortFinding(finding)) return [finding.data.port];
  if (!isProcessFinding(finding)) return [finding.id.slice(finding.check.length + 1)];
  const { command, pid } = finding.data;
  return [pid, ...namesOf({ name: '', command: command.split(' ') })];
};

const isIgnored = (finding: Finding, ignore: readonly string[]): boolean => {
  const { id, check } = finding;
  const own = new Set([check, id, ...namesOfSubject(finding).map((name) => `${check}:${name}`)]);
  return ignore.some((entry) => own.has(entry));
};

/** What the settings ignore is left out and counted; a port that was asked for by number is never ignored. */
const withoutIgnored = (diagnosis: Diagnosis, ignore: readonly string[]): Diagnosis => {
  const findings = diagnosis.findings.filter((finding) => !isIgnored(finding, ignore));
  const outcomes = diagnosis.outcomes.map((outcome): CheckOutcome => {
    if (outcome.status !== 'found') return outcome;
    const left = outcome.findings.filter((finding) => !isIgnored(finding, ignore));
    return left.length === 0 ? { status: 'clear', check: outcome.check } : { ...outcome, findings: left };
  });
  return { ...diagnosis, findings, outcomes };
};

/** A supervisor that cannot be asked keeps nobody from looking: what runs is measured now as well. */
const measuredBefore = async (surroundings: Surroundings, platform: Platform): Promise<readonly MemorySeries[]> => {
  const { supervisedSeries } = await import('./supervised-series.ts');
  try {
    return await supervisedSeries(surroundings, platform);
  } catch (error) {
    if (isKnownError(error)) return [];
    throw error;
  }
};

/**
 * Reads the arguments that check and fix share, and looks: at the asked ports, else at those the project names. Who
 * acts must know what is protected; who watches has samples from before.
 */
export const lookAround = async (
  invocation: Invocation,
  surroundings: Surroundings,
  acts: boolean,
  series: readonly MemorySeries[] = [],
): Promise<LookAround> => {
  const { cwd, environment } = surroundings;
  const asked = portsAsked(invocation);
  const checks = checksAsked(invocation);
  const minAgeMs = minAgeAsked(invocation);
  const project = nearestProject(cwd);
  const { named, settings, services, files } = await wantedBy(asked, project, acts);
  const ports = named.ports.map(({ port }) => port);
  const platform = await choosePlatform(environment);
  const preferences = { maxMemoryBytes: settings.maxMemoryBytes, services, protect: settings.protect, minAgeMs };
  const logs = logRequest(invocation, { project, files, settings: settings.logFiles }, surroundings);
  const known = checks.some(({ needs }) => needs.includes('memory'))
    ? await measuredBefore(surroundings, platform)
    : [];
  const request = { checks, ports, project, preferences, logs, series: [...series, ...known], clock: systemClock };
  const whole = await diagnose(request, platform);
  const diagnosis = asked.length > 0 ? whole : withoutIgnored(whole, settings.ignore);
  const left = whole.findings.length - diagnosis.findings.length;
  const ignored = left === 0 ? [] : [`${plural(left, 'finding')} left out, as the project's settings say`];
  return {
    platform,
    diagnosis,
    ports: checks.some(({ needs }) => needs.includes('ports')) ? named.ports : [],
    settings,
    notes: [...named.notes, ...portNotes(ports), ...ignored],
  };
};

/** Outcomes without their findings, for the result. */
export const summarize = (outcomes: readonly CheckOutcome[]): readonly OutcomeSummary[] =>
  outcomes.map((outcome) => {
    const { check, status } = outcome;
    if (outcome.status === 'skipped') return { check, status, because: outcome.because };
    return outcome.status === 'crashed' ? { check, status, because: outcome.error.message } : { check, status };
  });
