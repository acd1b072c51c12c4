import type { GroupLimit, ProcessInfo, ProcessMemory, ProcessSketch, ProcessTraces } from './process.ts';

/** A dev server as a whole: the root of its chain and everything below it. */
export interface DevTree {
  readonly root: ProcessSketch;
  /** Root first. */
  readonly members: readonly ProcessSketch[];
}

/** A dev tree that a closer look was taken at. */
export interface LeftoverCandidate {
  /** Pid of the root. */
  readonly pid: number;
  /** Pids of all members, root first. */
  readonly members: readonly number[];
  /** Traces of the members; those that vanished are missing. */
  readonly traces: readonly ProcessTraces[];
  /** Did any member use the processor between two looks? `null` when that could not be told. */
  readonly busy: boolean | null;
  /** Time between the two looks, in milliseconds. */
  readonly watchedMs: number;
  /** Memory of the whole tree, shared pages counted once as far as can be told. */
  readonly treeBytes: number | null;
}

/** Everything the checks for left-behind processes judge on. */
export interface LeftoverFacts {
  readonly candidates: readonly LeftoverCandidate[];
  /** All members, their ancestors, living session leaders, and newer processes that run the same script. */
  readonly processes: readonly ProcessInfo[];
}

/** What one dev tree uses. */
export interface TreeMemory {
  /** The tree; its members say their resident bytes. */
  readonly tree: DevTree;
  /** Working directory of the root; `null` when it could not be read. */
  readonly cwd: string | null;
  /** A closer look at each member; empty where the quick look already shows that nothing is near a limit. */
  readonly members: readonly ProcessMemory[];
  readonly group: GroupLimit | null;
}

/** One point of a series. */
export interface MemorySample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly bytes: number;
}

/** The samples of one dev tree over time, oldest first. */
export interface MemorySeries {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly samples: readonly MemorySample[];
}

/** Everything the memory check judges on. */
export interface MemoryFacts {
  readonly trees: readonly TreeMemory[];
  /** Bytes of memory the machine has, and how many could still be had. */
  readonly machine: { readonly totalBytes: number; readonly availableBytes: number };
  /** Samples taken before, while watching; empty for a single look. */
  readonly series: readonly MemorySeries[];
}
