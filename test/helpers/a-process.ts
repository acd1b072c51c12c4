import type { ProcessInfo } from '../../src/model/process.ts';
import { tableOf, type ProcessTable } from '../../src/programs/lineage.ts';

const DEFAULTS: ProcessInfo = {
  pid: 100,
  startedAt: 1_700_000_000_000,
  parentPid: 1,
  groupId: null,
  sessionId: null,
  terminal: null,
  uid: 1000,
  user: 'dev',
  state: 'sleeping',
  name: 'node',
  command: ['node', 'server.js'],
  cwd: { path: '/home/dev/shop', deleted: false },
  executable: null,
  environment: {},
  environmentNames: [],
  unit: null,
  container: null,
  controlGroup: null,
  kernelThread: false,
  memoryBytes: null,
};

const kernelName = (command: readonly string[]): string =>
  (command[0] ?? '').replace(/^.*\//, '').replace(/^-/, '').slice(0, 15);

/** A node server of an ordinary user, but for what is said. Its short name follows from its command. */
export const aProcess = (said: Partial<ProcessInfo> = {}): ProcessInfo => ({
  ...DEFAULTS,
  ...(said.command === undefined ? {} : { name: kernelName(said.command) }),
  ...said,
});

/** A process that runs a command, its words parted by single spaces. */
export const running = (command: string, said: Partial<ProcessInfo> = {}): ProcessInfo =>
  aProcess({ command: command.split(' '), ...said });

/** Processes of which each started the next, the first of them started by init; pids count from 100. */
export const aChain = (...processes: readonly ProcessInfo[]): readonly ProcessInfo[] =>
  processes.map((process, index) => ({ ...process, pid: 100 + index, parentPid: index === 0 ? 1 : 99 + index }));

/** The last of a chain, with the table of all of it. */
export const lastOf = (chain: readonly ProcessInfo[]): readonly [ProcessInfo, ProcessTable] => {
  const last = chain.at(-1);
  if (last === undefined) throw new Error('a chain has at least one process');
  return [last, tableOf(chain)];
};
