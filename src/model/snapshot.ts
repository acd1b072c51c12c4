import type { PlatformName } from './platform-name.ts';
import type { PortOccupancy, PortSocket } from './port.ts';
import type { DevTree, LeftoverFacts, MemoryFacts } from './dev-tree.ts';
import type { LogFacts } from './log.ts';
import type { ProcessInfo } from './process.ts';

export type UnreadableReason = 'not-permitted' | 'not-found' | 'too-many-open-files' | 'tool-failed' | 'unsupported';

/** A fact, or why it is missing. "Could not see" is a value and never a pass. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly source: string }
  | { readonly ok: false; readonly reason: UnreadableReason; readonly detail: string };

/** The facts that checks may ask for, by name. */
export interface Facts {
  /** The asked ports, in order. */
  readonly ports: readonly PortOccupancy[];
  /** The holders of those ports with all their ancestors, and their descendants where the caller asked for trees. */
  readonly processes: readonly ProcessInfo[];
  /** Every listening socket of this network namespace. */
  readonly listeners: readonly PortSocket[];
  /** Every dev server of this user. */
  readonly devTrees: readonly DevTree[];
  /** Those of them that nobody may want any more, with all that speaks for and against it. */
  readonly leftovers: LeftoverFacts;
  /** What the dev servers use and may use. */
  readonly memory: MemoryFacts;
  /** What the logs say. */
  readonly logs: LogFacts;
  /** Ports that the logs name as taken or as refusing, looked at now. */
  readonly logPorts: readonly PortOccupancy[];
}

export type FactName = keyof Facts;

/** All readings of one instant. */
export interface Snapshot {
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
  readonly platform: PlatformName;
  readonly readings: { readonly [N in FactName]?: Reading<Facts[N]> };
}

/** A reading that succeeded. */
export const read = <T>(value: T, source: string): Reading<T> => ({ ok: true, value, source });

/** A reading that failed, with its reason in words. */
export const unreadable = (reason: UnreadableReason, detail: string): Reading<never> => ({ ok: false, reason, detail });
