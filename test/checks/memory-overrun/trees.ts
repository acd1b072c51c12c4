import type { MemoryFacts, TreeMemory } from '../../../src/model/dev-tree.ts';
import type { ProcessMemory, ProcessSketch } from '../../../src/model/process.ts';

export const MB: number = 1024 ** 2;
const STARTED = 1_700_000_000_000;

/** A process as a quick look shows it. */
export const aSketch = (pid: number, command: string, said: Partial<ProcessSketch> = {}): ProcessSketch => ({
  pid,
  startedAt: STARTED,
  parentPid: pid - 1,
  groupId: pid,
  sessionId: pid,
  terminal: null,
  uid: 1000,
  state: 'sleeping',
  name: command.split(' ')[0] ?? '',
  command: command.split(' '),
  kernelThread: false,
  memoryBytes: null,
  program: null,
  cpuMs: 0,
  ...said,
});

/** Memory in megabytes: resident, of that shared, and the proportional share. */
export type Megabytes = readonly [rss: number, shared: number | null, pss: number | null];

const memoryOf = (pid: number, [rss, shared, pss]: Megabytes, nodeOptions: string | null): ProcessMemory => ({
  pid,
  startedAt: STARTED,
  rssBytes: rss * MB,
  sharedBytes: shared === null ? null : shared * MB,
  pssBytes: pss === null ? null : pss * MB,
  nodeOptions,
});

/** A dev tree of processes that run these commands, numbered from 100. */
export const aTree = (
  members: readonly (readonly [command: string, ...memory: Megabytes])[],
  said: Partial<TreeMemory> & { readonly nodeOptions?: string } = {},
): TreeMemory => {
  const { nodeOptions = null, ...rest } = said;
  const sketches = members.map(([command], index) => aSketch(100 + index, command));
  const [root] = sketches;
  if (root === undefined) throw new Error('a tree has a root');
  return {
    tree: { root, members: sketches },
    cwd: '/home/dev/shop',
    members: members.map(([, ...memory], index) => memoryOf(100 + index, memory, nodeOptions)),
    group: null,
    ...rest,
  };
};

/** A machine of 24 GB with these trees on it. */
export const facts = (trees: readonly TreeMemory[], said: Partial<MemoryFacts> = {}): MemoryFacts => ({
  trees,
  machine: { totalBytes: 24_576 * MB, availableBytes: 20_000 * MB },
  series: [],
  ...said,
});
