import type { BirthMark, LastExit, LogSpec, ServiceSpec } from '../../model/service.ts';
import type { Lifecycle } from '../core/lifecycle.ts';

/** The run of a service that is on, or was last. */
export interface RunRecord {
  /** Grows with every start; names the files of the run. */
  readonly launch: number;
  /** The shell that is the parent of the service; `null` until it said who it is. */
  readonly shim: BirthMark | null;
  readonly main: BirthMark | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** `false` once its end is known. */
  readonly isOn: boolean;
}

/** One service as it is kept on disk. */
export interface ServiceRecord extends Lifecycle {
  readonly id: number;
  readonly instance: number;
  readonly spec: ServiceSpec;
  /** Log files of this instance. */
  readonly logs: LogSpec;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly run: RunRecord | null;
  readonly lastExit: LastExit | null;
  /** TCP ports of the current run, or of the last one. */
  readonly ports: readonly number[];
}

/** All that must survive the daemon. */
export interface SupervisorState {
  readonly schemaVersion: 1;
  /** Grows with every write. */
  readonly generation: number;
  readonly nextId: number;
  readonly services: readonly ServiceRecord[];
}
