import { DevdoctorError } from '../../../model/error.ts';
import type { BirthMark } from '../../../model/service.ts';
import { reasonOf } from './files/open-log.ts';
import { closeContext, createContext, type LogKeeperOptions } from './create-context.ts';
import { flushLogs } from './flush.ts';
import type { LogContext } from './log-context.ts';
import type { LogService } from './log-service.ts';
import { lookNowAndThen } from './look.ts';
import { recoverLogs } from './recover.ts';
import { compressOne } from './rotation/compress.ts';
import { attachRun, detachRun, openRun } from './runs.ts';
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

const flushOrExplain = (context: LogContext, service: LogService): void => {
  try {
    flushLogs(context, service);
  } catch (error) {
    const why = reasonOf(error);
    throw new DevdoctorError('environment', `cannot empty the logs of ${service.spec.name}: ${why}`, null, error);
  }
};

/** Attaches services; those whose log cannot be written now, again later. */
const createAttacher = (context: LogContext) => {
  const waiting = new Map<number, () => void>();
  const attach: LogKeeper['attach'] = (service, writers) => {
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
    attach,
    forget: (id: number): void => void waiting.delete(id),
    again: (): void => {
      for (const attempt of waiting.values()) attempt();
    },
  };
};

/** Starts looking after logs. One keeper for each home, at any time. */
export const createLogKeeper = (options: LogKeeperOptions): LogKeeper => {
  const context = createContext(options);
  const { attach, forget, again } = createAttacher(context);

  return {
    recover: (services) => recoverLogs(context, services),
    open: (service) => openRun(context, service),
    attach,
    detach: async (id) => {
      forget(id);
      await detachRun(context, id);
    },
    tick: () => {
      again();
      for (const file of context.files.values()) lookNowAndThen(context, file);
      compressOne(context);
    },
    flush: (service) => Promise.resolve().then(() => flushOrExplain(context, service)),
    tail: (id, bytes) => {
      const start = context.journal.state.runs.get(id);
      return start === undefined ? null : tailOfRun(start, bytes);
    },
    close: () => closeContext(context),
  };
};
