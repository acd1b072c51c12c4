import type { ChildProcess } from 'node:child_process';
import type { LifecycleEvent } from '../core/lifecycle.ts';
import type { ServiceRecord } from '../state/records.ts';
import type { JobContext } from './job-context.ts';

/** One service and what goes on with it. */
export interface Job {
  readonly id: number;
  readonly context: JobContext;
  readonly record: () => ServiceRecord;
  readonly update: (change: Partial<ServiceRecord>) => void;
  readonly dispatch: (event: LifecycleEvent) => void;
  /** Resolves when it is neither starting nor stopping, and all that had to be done is done. */
  readonly settled: () => Promise<void>;
  /** Told the ports it listens on, judges whether it is up. */
  readonly judge: (ports: readonly number[]) => void;
  /** What only this daemon knows. */
  readonly runtime: Runtime;
}

/** What is lost with the daemon. */
export interface Runtime {
  /** The shim, where this daemon is its parent. */
  child: ChildProcess | null;
  /** When this daemon saw its shim end, in milliseconds since the epoch; `null` when it did not. */
  shimEndedAt: number | null;
  pause: NodeJS.Timeout | null;
  saidReady: boolean;
  /** Why its start or its stop did not go well, though it went; `null` when it did. */
  trouble: string | null;
  queue: Promise<void>;
  /** Effects that are not done yet. */
  pending: number;
  isDeleted: boolean;
  /** It is being ended because it used more memory than it may. */
  isOverLimit: boolean;
}
