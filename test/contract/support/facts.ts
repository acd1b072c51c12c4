import { NO_PREFERENCES, type CheckContext } from '../../../src/model/check.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import type { Facts } from '../../../src/model/snapshot.ts';

/** Facts a check may be given, and what they are. */
export interface Example {
  readonly name: string;
  readonly facts: Facts;
  readonly context: CheckContext;
}

/** The instant of every example. */
export const NOW = Date.UTC(2026, 10, 23, 9);
/** The port that examples speak of. */
export const PORT = 3000;
/** The user who runs the command. */
export const UID = 1000;

/** A server of the user's project, started from a shell. */
export const process = (fields: Partial<ProcessInfo> = {}): ProcessInfo => ({
  pid: 4312,
  startedAt: NOW - 3_600_000,
  parentPid: 4000,
  groupId: 4312,
  sessionId: 4000,
  terminal: 'pts/3',
  uid: UID,
  user: 'ada',
  state: 'sleeping',
  name: 'node',
  command: ['node', 'server.js'],
  cwd: { path: '/home/ada/shop', deleted: false },
  executable: { path: '/usr/bin/node', deleted: false },
  environment: {},
  environmentNames: [],
  unit: null,
  container: null,
  controlGroup: '/user.slice/session-2.scope',
  kernelThread: false,
  memoryBytes: 212_000_000,
  ...fields,
});

/** A command that the user runs in the project. */
export const context = (fields: Partial<CheckContext> = {}): CheckContext => ({
  ...NO_PREFERENCES,
  now: NOW,
  project: '/home/ada/shop',
  uid: UID,
  selfPid: 5000,
  selfControlGroup: '/user.slice/session-2.scope',
  projectOf: (directory) => (directory.startsWith('/home/ada/') ? directory : null),
  ...fields,
});

/** What a terminal would obey, and what hides or reorders text on it. */
export const ESCAPES = '\u001b[31m\nsecond line\r\u0007\u202e';

/** Facts of a machine on which nothing runs. */
export const NO_FACTS: Facts = {
  ports: [],
  processes: [],
  listeners: [],
  devTrees: [],
  leftovers: { candidates: [], processes: [] },
  logs: { services: [], outcomes: [], named: false, trees: [] },
  logPorts: [],
  memory: { trees: [], machine: { totalBytes: 16e9, availableBytes: 8e9 }, series: [] },
};
