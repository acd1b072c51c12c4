import { portOccupied } from '../../checks/port-occupied.ts';
import { nearestProject } from '../../config/find-project.ts';
import { toPort } from '../../config/port-number.ts';
import { diagnose, type Diagnosis } from '../../doctor/diagnose.ts';
import { explainProcesses } from '../../doctor/explain-process.ts';
import { portNotes } from '../../doctor/port-notes.ts';
import { NO_PREFERENCES } from '../../model/check.ts';
import { DevdoctorError } from '../../model/error.ts';
import { isPortFinding } from '../../model/finding.ts';
import type { Platform } from '../../model/platform.ts';
import type { PortSocket } from '../../model/port.ts';
import { SCHEMA_VERSION, type WhyResult } from '../../model/results.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Authority } from '../../plan/protected.ts';
import { choosePlatform } from '../../platform/choose.ts';
import { namesOf } from '../../programs/words-of.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner, Surroundings } from '../invocation.ts';
import { lookOf, printResult } from '../output.ts';
import { systemClock } from '../system-clock.ts';

type Target = WhyResult['target'];

const allListeners = async ({ inspect }: Platform): Promise<readonly PortSocket[]> => {
  const reading = await inspect.listeners();
  return reading.ok ? reading.value : [];
};

const peersOf = ({ readings }: Snapshot): readonly string[] => {
  const sockets = readings.ports?.ok === true ? readings.ports.value.flatMap((port) => port.sockets) : [];
  return sockets.flatMap(({ established, remote }) =>
    established && remote !== null ? [`${remote.address}:${remote.port}`] : [],
  );
};

const lookAtPort = (port: number, platform: Platform, cwd: string): Promise<Diagnosis> =>
  diagnose(
    {
      checks: [portOccupied],
      ports: [port],
      project: nearestProject(cwd),
      preferences: NO_PREFERENCES,
      logs: null,
      series: [],
      clock: systemClock,
    },
    platform,
  );

const whyPort = async (
  port: number,
  platform: Platform,
  authority: Authority,
  { cwd }: Surroundings,
): Promise<WhyResult> => {
  const { findings, snapshot, outcomes } = await lookAtPort(port, platform, cwd);
  const finding = findings.find(isPortFinding) ?? null;
  const skipped = outcomes.find((outcome) => outcome.status === 'skipped');
  if (finding === null && skipped?.status === 'skipped') {
    throw new DevdoctorError(
      'environment',
      `cannot look at port ${port}: ${skipped.because}`,
      `devdoctor check --port ${port}`,
    );
  }
  const listeners = await allListeners(platform);
  const pids = finding?.data.holders.map(({ pid }) => pid) ?? [];
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'why',
    target: { kind: 'port', value: String(port) },
    finding,
    processes: await explainProcesses(pids, listeners, platform, authority, snapshot.takenAt),
    connectedFrom: finding?.data.state === 'listening' ? peersOf(snapshot) : [],
    udp: listeners
      .filter((socket) => socket.protocol === 'udp' && socket.port === port)
      .map(({ address, holders }) => ({ address, pids: holders.map(({ pid }) => pid) })),
    notes: portNotes([port]),
  };
};

const whyProcesses = async (
  target: Target,
  pids: readonly number[],
  platform: Platform,
  authority: Authority,
): Promise<WhyResult> => ({
  schemaVersion: SCHEMA_VERSION,
  command: 'why',
  target,
  finding: null,
  processes: await explainProcesses(pids, await allListeners(platform), platform, authority, Date.now()),
  connectedFrom: [],
  udp: [],
  notes: [],
});

const pidsNamed = async (name: string, { inspect }: Platform, selfPid: number): Promise<readonly number[]> => {
  const wanted = name.toLowerCase();
  const reading = await inspect.named((short, command) =>
    namesOf({ name: short, command }).some((candidate) => candidate.toLowerCase() === wanted),
  );
  if (!reading.ok) throw new DevdoctorError('environment', `cannot look for "${name}": ${reading.detail}`);
  return reading.value.map(({ pid }) => pid).filter((pid) => pid !== selfPid);
};

const nobody = (text: string): DevdoctorError =>
  new DevdoctorError('usage', `"${text}" is no port, no process number and no running program`, 'devdoctor ports');

const namedTarget = async (text: string, platform: Platform, authority: Authority): Promise<WhyResult> => {
  const pids = /^[-+]?[\d.]+$/.test(text) ? [] : await pidsNamed(text, platform, authority.selfPid);
  if (pids.length === 0) throw nobody(text);
  return whyProcesses({ kind: 'name', value: text }, pids, platform, authority);
};

const asPort = (text: string): number | null => {
  const digits = text.replace(/^:/, '');
  const port = toPort(digits);
  if (port !== null || !text.startsWith(':')) return port;
  throw new DevdoctorError('usage', `a port is a whole number from 1 to 65535, not "${digits}"`, 'devdoctor why :3000');
};

const isRunning = async (text: string, { inspect }: Platform): Promise<boolean> =>
  /^[1-9]\d{0,9}$/.test(text) && (await inspect.identify(Number(text))) !== null;

/** A number is a port first: that is what people paste. Only the number of a free port may be a pid. */
const resolveTarget = async (
  text: string,
  platform: Platform,
  authority: Authority,
  surroundings: Surroundings,
): Promise<WhyResult> => {
  const port = asPort(text);
  const byPort = port === null ? null : await whyPort(port, platform, authority, surroundings);
  if (byPort !== null && (byPort.finding !== null || text.startsWith(':'))) return byPort;
  if (await isRunning(text, platform)) {
    return whyProcesses({ kind: 'pid', value: text }, [Number(text)], platform, authority);
  }
  return byPort ?? namedTarget(text, platform, authority);
};

/** `why`: what holds a port or what a process is, where it came from, and what ends it. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const platform = await choosePlatform(surroundings.environment);
  const { pid, uid } = platform.inspect.self();
  const authority: Authority = { selfPid: pid, uid, protect: [] };
  const result = await resolveTarget(invocation.positionals[0] ?? '', platform, authority, surroundings);
  if (invocation.flags.has('json')) printResult(toJson(result));
  else
    printResult((await import('../../report/pretty-why.ts')).prettyWhy(result, await lookOf(invocation, surroundings)));
  return result.finding?.data.state === 'hidden' ? EXIT.notLooked : EXIT.ok;
};
