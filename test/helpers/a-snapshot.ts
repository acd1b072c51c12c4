import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../src/checks/index.ts';
import { examine } from '../../src/doctor/examine.ts';
import { NO_PREFERENCES, type CheckContext, type CheckOutcome, type Preferences } from '../../src/model/check.ts';
import { isPortFinding, type PortFinding, type PortHolder, type PortOccupiedData } from '../../src/model/finding.ts';
import type { BindProbe, PortOccupancy, PortSocket } from '../../src/model/port.ts';
import { refOf, type ProcessInfo, type ProcessRef } from '../../src/model/process.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { ROOT } from './paths.ts';

/** The port that builders speak of unless told otherwise. */
export const PORT = 3000;

/** The command itself, in every situation made by hand. */
export const SELF = 5000;

/** Nineteen hours after the processes of `aProcess` started. */
export const NOW: number = 1_700_000_000_000 + 19 * 3_600_000;

export const IN_USE: BindProbe = { address: '127.0.0.1', outcome: 'in-use', code: 'EADDRINUSE' };
export const FREE: BindProbe = { address: '127.0.0.1', outcome: 'free', code: null };
export const NOT_PERMITTED: BindProbe = { address: '127.0.0.1', outcome: 'not-permitted', code: 'EACCES' };

/** A listening socket without a visible holder. */
export const aSocket = (said: Partial<PortSocket> = {}): PortSocket => ({
  protocol: 'tcp',
  address: '127.0.0.1',
  port: PORT,
  state: 'listening',
  established: said.state === 'connected',
  remote: null,
  uid: 1000,
  user: 'dev',
  holders: [],
  ...said,
});

/** A listening socket of some processes. */
export const heldBy = (holders: readonly ProcessRef[], said: Partial<PortSocket> = {}): PortSocket =>
  aSocket({ holders: holders.map(refOf), ...said });

/** A look at a port that could not be bound. */
export const anOccupancy = (said: Partial<PortOccupancy> = {}): PortOccupancy => ({
  port: PORT,
  probes: [IN_USE],
  sockets: [],
  connections: 0,
  ephemeralRange: [32_768, 60_999],
  firstUnprivilegedPort: 1024,
  published: null,
  blindSpots: [],
  ...said,
});

/** A command of an ordinary user in the project of `aProcess`. */
export const aContext = (said: Partial<CheckContext> = {}): CheckContext => ({
  ...NO_PREFERENCES,
  now: NOW,
  project: '/home/dev/shop',
  uid: 1000,
  selfPid: SELF,
  selfControlGroup: '/user.slice/session-2.scope',
  projectOf: (directory) => /^\/(?:home\/\w+|srv)\/[^/]+/.exec(directory)?.[0] ?? null,
  ...said,
});

/** What a finding tells of a process that holds a port. */
export const aHolder = (process: ProcessInfo, said: Partial<PortHolder> = {}): PortHolder => ({
  ...refOf(process),
  name: process.name,
  command: process.command.join(' '),
  cwd: process.cwd?.path ?? null,
  project: process.cwd?.path ?? null,
  user: process.user,
  addresses: ['127.0.0.1'],
  chain: [],
  managedBy: null,
  connections: 0,
  ...said,
});

/** A finding about a port that some processes hold. */
export const aFinding = (
  holders: readonly ProcessInfo[],
  said: Partial<Omit<PortFinding, 'check' | 'data'>> = {},
  data: Partial<PortOccupiedData> = {},
): PortFinding => {
  const port = data.port ?? PORT;
  return {
    id: `port-occupied:tcp:${port}`,
    check: 'port-occupied',
    severity: 'error',
    subject: { kind: 'port', port },
    summary: `Port ${port} is held by node server.js`,
    evidence: [],
    data: {
      port,
      protocol: 'tcp',
      state: 'listening',
      holders: holders.map((one) => aHolder(one)),
      hiddenOwner: null,
      ...data,
    },
    remedies: [],
    ...said,
  };
};

interface RecordedContext extends Omit<CheckContext, 'projectOf' | keyof Preferences> {
  /** The folders that hold a package.json. */
  readonly projects: readonly string[];
}

/** One recorded look at a whole host, and what a check says of it. */
export interface Examined {
  readonly snapshot: Snapshot;
  readonly context: CheckContext;
  readonly processes: readonly ProcessInfo[];
  readonly outcomes: readonly CheckOutcome[];
  readonly findings: readonly PortFinding[];
}

const nearestOf =
  (projects: readonly string[]): CheckContext['projectOf'] =>
  (directory) =>
    projects.find((project) => directory === project || directory.startsWith(`${project}/`)) ?? null;

/** Every recorded host of fixtures/snapshots. */
export const SNAPSHOTS = [
  'yesterdays-server',
  'container-host',
  'managed-services',
  'out-of-sight',
  'hostile-names',
] as const;

/** Reads a recorded host and runs every check on it whose facts were recorded. */
export const examined = (name: (typeof SNAPSHOTS)[number]): Examined => {
  const text = readFileSync(join(ROOT, 'fixtures/snapshots', `${name}.json`), 'utf8');
  const { snapshot, context: recorded } = JSON.parse(text) as { snapshot: Snapshot; context: RecordedContext };
  const context: CheckContext = { ...NO_PREFERENCES, ...recorded, projectOf: nearestOf(recorded.projects) };
  const recordedChecks = checks.filter(({ needs }) => needs.every((name) => name in snapshot.readings));
  const outcomes = examine(recordedChecks, snapshot, context);
  return {
    snapshot,
    context,
    outcomes,
    processes: snapshot.readings.processes?.ok === true ? snapshot.readings.processes.value : [],
    findings: outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : [])).filter(isPortFinding),
  };
};
