import type { ManagedBy } from './manager.ts';
import type { Remedy } from './remedy.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What a finding is about. */
export type Subject =
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'process'; readonly pid: number };

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

/** One problem with its evidence and what would help. */
export interface Finding {
  /** Stable across runs: check, then subject. */
  readonly id: string;
  readonly check: string;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly data: PortOccupiedData;
  readonly remedies: readonly Remedy[];
}
