import type { ProcessTable } from '../../model/process-table.ts';
import type { Platform } from '../../model/platform.ts';
import type { BirthMark, PortBlock } from '../../model/service.ts';
import type { Home } from '../state/home.ts';
import type { ServiceRecord } from '../state/records.ts';
import type { LogKeeper } from './logs/log-keeper.ts';
import type { Store } from './store.ts';
import type { Turns } from './turns.ts';

/** What all services share. */
export interface JobContext {
  readonly home: Home;
  readonly table: ProcessTable;
  readonly store: Store;
  readonly logs: LogKeeper;
  readonly turns: Turns;
  /** Loaded at the first port that is taken. */
  readonly platform: () => Promise<Platform>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly shim: string;
  readonly guard: string;
  /** A service is no more. */
  readonly forget: (id: number) => void;
  /** Processes of this service that were seen earlier. */
  readonly knownMembers: (id: number) => readonly BirthMark[];
  /** Who holds a port that a service needs; `null` when it is free or the service's own. */
  readonly holderOf: (record: ServiceRecord) => Promise<PortBlock | null>;
  /** A service began to start: look often whether it is ready. */
  readonly watchReadiness: () => void;
  /** The configured user, as the words that a command is run through. */
  readonly asUser: (record: ServiceRecord) => readonly string[];
  readonly daemonPid: number;
}
