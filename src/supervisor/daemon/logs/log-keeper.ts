import { closeSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DevdoctorError } from '../../../model/error.ts';
import type { ProcessTable } from '../../../model/process-table.ts';
import type { BirthMark } from '../../../model/service.ts';
import type { Home } from '../../state/home.ts';
import { createPauser } from './exact/pause.ts';
import { openSlot, type Slot } from './exact/slot.ts';
import { createLogIndexes } from './files/log-indexes.ts';
import { reasonOf } from './files/open-log.ts';
import { flushLogs } from './flush.ts';
import type { LogContext } from './log-context.ts';
import type { LogService } from './log-service.ts';
import { lookAt } from './look.ts';
import { createProblems } from './problems.ts';
import { openJournal } from './pump/journal.ts';
import { recoverLogs } from './recover.ts';
import { compressOne } from './rotation/compress.ts';
import { attachRun, detachRun, openRun } from './runs.ts';
import { createScheduler } from './scheduler.ts';
import { tailOfRun, type LogTail } from './tail.ts';

/**
 * Looks after what services write. Where that is possible they write to their logs themselves, and nothing passes
 * through here. Where lines want a stamp, or a second place, they write to a spool, and its lines are passed on. No line
 * is lost, doubled or torn by rotation, or by a sudden end of this process at any instant.
 */
export interface LogKeeper {
  /** Puts right what a sudden end of the last daemon left undone: before the first `attach`, with all services. */
  readonly recover: (services: readonly LogService[]) => void;
  /**
   * Opens what a new run writes to; whoever called closes both once the service has them. Rotates for free if that is due.
   * Throws a `DevdoctorError` with the path and the reason.
   */
  readonly open: (service: LogService) => { readonly out: number; readonly error: number };
  /**
   * Tells who writes, to be stopped for the instant in which a log is emptied: after a start, at adoption, and for a run
   * that ended while no daemon lived. Children of these are found by themselves.
   */
  readonly attach: (service: LogService, writers: () => readonly BirthMark[]) => void;
  /** A run is over. Afterwards all that it wrote stands in its logs, unless they cannot be written. */
  readonly detach: (id: number) => Promise<void>;
  /** Every two seconds. Logs that grow are looked at more often without that. */
  readonly tick: () => void;
  /** Empties the logs of a service, and removes what was rotated. Throws a `DevdoctorError`. */
  readonly flush: (service: LogService) => Promise<void>;
  /** The last bytes of errors since the run began, or of output when there are no errors; `null` when there is neither. */
  readonly tail: (id: number, bytes: number) => LogTail | null;
  /** Lets go of everything; services go on. */
  readonly close: () => void;
}

/** What a keeper needs to know. */
export interface LogKeeperOptions {
  readonly home: Home;
  readonly table: ProcessTable;
  readonly clock: { readonly now: () => number };
  /** Is told each trouble once, in a sentence or two. */
  readonly onProblem: (text: string) => void;
}

const PAUSE_BYTES = 65_536;
/** The longest beginning of a line that may stay, in base64, and paths. */
const CUT_BYTES = 393_216;

const createContext = (
  { home, table, clock, onProblem }: LogKeeperOptions,
  slots: { readonly paused: Slot; readonly cut: Slot },
): LogContext => {
  const uptime = (): number => performance.now();
  const problems = createProblems(onProblem);
  return {
    home,
    table,
    now: clock.now,
    uptime,
    problems,
    scheduler: createScheduler(uptime),
    journal: openJournal(join(home.run, 'logs.journal')),
    pauser: createPauser(table, slots.paused, uptime),
    cutSlot: slots.cut,
    indexes: createLogIndexes(home, (text) => problems.tell('index', text)),
    files: new Map(),
    taps: new Map(),
    compressing: null,
    closed: false,
  };
};

const closeContext = (context: LogContext): void => {
  context.closed = true;
  context.scheduler.close();
  context.compressing?.stop.abort();
  const files = [...context.files.values()];
  for (const { sources } of [...context.taps.values(), ...files.flatMap(({ strays }) => strays)]) {
    for (const { descriptor } of sources) closeSync(descriptor);
  }
  for (const { descriptor } of files) closeSync(descriptor);
  context.journal.close();
};

const flushOrExplain = (context: LogContext, service: LogService): void => {
  try {
    flushLogs(context, service);
  } catch (error) {
    const why = reasonOf(error);
    throw new DevdoctorError('environment', `cannot empty the logs of ${service.spec.name}: ${why}`, null, error);
  }
};

/** Starts looking after logs. One keeper for each home, at any time. */
export const createLogKeeper = (options: LogKeeperOptions): LogKeeper => {
  const { run, spool } = options.home;
  for (const folder of [run, spool]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const slots = {
    paused: openSlot(join(run, 'paused.json'), PAUSE_BYTES),
    cut: openSlot(join(run, 'cut.json'), CUT_BYTES),
  };
  const context = createContext(options, slots);
  /** What could not be attached yet, because its log cannot be written. */
  const waiting = new Map<number, () => void>();

  const attach = (service: LogService, writers: () => readonly BirthMark[]): void => {
    const trouble = `attach ${service.id}`;
    try {
      attachRun(context, service, writers);
      waiting.delete(service.id);
      context.problems.over(trouble);
    } catch (error) {
      context.problems.tell(trouble, `The logs of ${service.spec.name}: ${reasonOf(error)}. They are tried again.`);
      waiting.set(service.id, () => attach(service, writers));
    }
  };

  return {
    recover: (services) => recoverLogs(context, services),
    open: (service) => openRun(context, service),
    attach,
    detach: async (id) => {
      waiting.delete(id);
      await detachRun(context, id);
    },
    tick: () => {
      for (const again of waiting.values()) again();
      for (const file of context.files.values()) lookAt(context, file);
      compressOne(context);
    },
    flush: (service) => Promise.resolve().then(() => flushOrExplain(context, service)),
    tail: (id, bytes) => {
      const start = context.journal.state.runs.get(id);
      return start === undefined ? null : tailOfRun(start, bytes);
    },
    close: () => {
      closeContext(context);
      slots.paused.close();
      slots.cut.close();
    },
  };
};
