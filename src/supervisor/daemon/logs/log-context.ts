import type { ProcessTable } from '../../../model/process-table.ts';
import type { Home } from '../../state/home.ts';
import type { Pauser } from './exact/pause.ts';
import type { Slot } from './exact/slot.ts';
import type { LogFile, Tap } from './files/log-file.ts';
import type { LogIndexes } from './files/log-indexes.ts';
import type { Problems } from './problems.ts';
import type { Journal } from './pump/journal.ts';
import type { Scheduler } from './scheduler.ts';

/** What all parts of the keeper share. */
export interface LogContext {
  readonly home: Home;
  readonly table: ProcessTable;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly uptime: () => number;
  readonly problems: Problems;
  readonly scheduler: Scheduler;
  readonly journal: Journal;
  readonly pauser: Pauser;
  /** What is under way, for who comes after a sudden end: who was stopped, and which file is being emptied. */
  readonly slots: { readonly paused: Slot; readonly cut: Slot };
  readonly indexes: LogIndexes;
  /** Files that are looked after, by their configured paths. */
  readonly files: Map<string, LogFile>;
  /** Spools that are passed on, by service and stream. */
  readonly taps: Map<string, Tap>;
  /** The compression that is under way; `null` for none. */
  compressing: { readonly log: string; readonly stop: AbortController } | null;
  closed: boolean;
}
