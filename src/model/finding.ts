import type { CodePlace } from './log.ts';
import type { ManagedBy } from './manager.ts';
import type { ProcessRef } from './process.ts';
import type { Remedy } from './remedy.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What a finding is about. */
export type Subject =
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'service'; readonly service: string };

/** One thing seen, and where it was seen. */
export interface Evidence {
  readonly text: string;
  readonly source: string;
}

/** One ancestor in the chain that started a process. */
export interface ChainLink {
  readonly pid: number;
  readonly name: string;
  readonly role: string;
}

/** A process that holds a port for bind. */
export interface PortHolder {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly name: string;
  readonly command: string;
  readonly cwd: string | null;
  /** The folder of the nearest package.json above the working directory. */
  readonly project: string | null;
  readonly user: string | null;
  readonly addresses: readonly string[];
  /** Ancestors, outermost first; context, never holders. */
  readonly chain: readonly ChainLink[];
  readonly managedBy: ManagedBy | null;
  /** Established connections to the port; `null` when they could not be counted. */
  readonly connections: number | null;
}

export type PortState = 'listening' | 'connected' | 'time-wait' | 'reserved' | 'hidden';

/** The `data` of a port-occupied finding. */
export interface PortOccupiedData {
  readonly port: number;
  readonly protocol: 'tcp';
  readonly state: PortState;
  readonly holders: readonly PortHolder[];
  /** The user whose socket it is, when the process itself cannot be seen. */
  readonly hiddenOwner: string | null;
}

/** The `data` of an orphan-process or stale-process finding: one dev tree, named by its root. */
export interface LeftoverData {
  /** The root of the tree. */
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly command: string;
  readonly cwd: string | null;
  readonly project: string | null;
  /** 0 to 100: how sure it is that nobody wants it any more. */
  readonly score: number;
  /** What speaks for it, most telling first. */
  readonly evidence: readonly string[];
  /** What speaks against it. */
  readonly blockedBy: readonly string[];
  /** TCP ports the tree listens on. */
  readonly ports: readonly number[];
  /** Every process of the tree, root first. */
  readonly members: readonly ProcessRef[];
  /** Memory of the whole tree; `null` when it could not be read. */
  readonly treeBytes: number | null;
  /** Is there one item that leaves no doubt? Only then is it ended without a question. */
  readonly decisive: boolean;
}

export type MemoryVerdict = 'steady' | 'growing' | 'leak';

/** How memory went over the samples that there are. */
export interface MemoryTrend {
  readonly bytesPerMinute: number;
  /** `null` without a limit, and where it does not grow. */
  readonly minutesToLimit: number | null;
  readonly verdict: MemoryVerdict;
  /** Length of the series. */
  readonly minutes: number;
}

/** Where a memory limit comes from. */
export type LimitSource =
  | 'settings'
  | 'max_memory_restart'
  | 'control-group'
  | 'heap-flag'
  | 'heap-default'
  | 'machine'
  | 'none';

/** The `data` of a memory-overrun finding: one dev tree, named by its root, or one process of it with a heap limit. */
export interface MemoryData {
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly command: string;
  readonly project: string | null;
  /** The name of the service, where the project's configuration or a supervisor gives one. */
  readonly service: string | null;
  /** Resident bytes of the process itself. */
  readonly rssBytes: number;
  /** Its proportional share of them, counting shared pages once; `null` where that cannot be read. */
  readonly pssBytes: number | null;
  /** The whole tree, counting shared pages once as far as can be told. */
  readonly treeBytes: number;
  readonly limitBytes: number | null;
  readonly limitSource: LimitSource;
  readonly trend: MemoryTrend | null;
}

/** The `data` of a restart-loop finding. */
export interface RestartLoopData {
  readonly service: string | null;
  readonly files: readonly string[];
  readonly restarts: number;
  /** First to last start; `null` when the log tells no times. */
  readonly windowSeconds: number | null;
  /** Code of the root cause. */
  readonly rootCause: string;
  readonly alternatives: readonly string[];
  /** The lines it rests on, as they stand in the log. */
  readonly evidence: readonly string[];
  readonly location: CodePlace | null;
  readonly gaveUp: boolean;
  /** The log alone cannot tell whether this is a loop. */
  readonly ambiguous: boolean;
  /** Is it in a restart loop where the log ends? */
  readonly loop: boolean;
  /** Was there a loop that is over? */
  readonly past: boolean;
  readonly unplanned: number;
  readonly edits: number;
  readonly confidence: 'A' | 'B' | 'C';
  /** What the log names: port, variable, module, host, path. */
  readonly detail: Readonly<Record<string, string>>;
  readonly fingerprint: string;
}

interface FindingOf<Id extends string, Data> {
  /** Stable across runs: check, then subject. */
  readonly id: string;
  readonly check: Id;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly data: Data;
  readonly remedies: readonly Remedy[];
}

export type PortFinding = FindingOf<'port-occupied', PortOccupiedData>;
export type LeftoverFinding = FindingOf<'orphan-process' | 'stale-process', LeftoverData>;
export type MemoryFinding = FindingOf<'memory-overrun', MemoryData>;
export type LoopFinding = FindingOf<'restart-loop', RestartLoopData>;

/** One problem with its evidence and what would help. The check tells which data it carries. */
export type Finding = PortFinding | LeftoverFinding | MemoryFinding | LoopFinding;

/** Is it about a process that is there now? */
export const isProcessFinding = (finding: Finding): finding is LeftoverFinding | MemoryFinding =>
  finding.check !== 'port-occupied' && finding.check !== 'restart-loop';

/** Is it about a port? */
export const isPortFinding = (finding: Finding): finding is PortFinding => finding.check === 'port-occupied';
