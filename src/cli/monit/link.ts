import { DevdoctorError } from '../../model/error.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import type { AnswerOf, ParamsOf, RequestName } from '../../supervisor/protocol/messages.ts';

/** The way to a supervisor that may go and come back. */
export interface Link {
  /** Connects where there is no connection; `false` when that fails. */
  readonly restore: () => Promise<boolean>;
  /** Asks over the connection; rejects where there is none, and when no answer comes in time. */
  readonly ask: <N extends RequestName>(name: N, params: ParamsOf<N>, limitMs: number) => Promise<AnswerOf<N>>;
  /** Gives a connection up that does not answer. */
  readonly drop: () => void;
  /** Gives up for good. */
  readonly close: () => void;
}

const unreachable = (why: string): DevdoctorError => new DevdoctorError('environment', why, 'devdoctor start');

const withLimit = <T>(promise: Promise<T>, limitMs: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const late = (): void => reject(unreachable(`the supervisor did not answer within ${limitMs / 1_000} s`));
    const timer = setTimeout(late, limitMs);
    timer.unref();
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Keeps one connection at a time, starting with one that is there. */
export const openLink = (first: Supervisor, connect: () => Promise<Supervisor | null>): Link => {
  let current: Supervisor | null = first;
  let isClosed = false;
  const drop = (): void => {
    current?.close();
    current = null;
  };
  return {
    restore: async () => {
      try {
        current ??= await connect();
      } catch {
        // Why it cannot be reached changes nothing: it is tried again, and the screen says so.
        return false;
      }
      // It came too late.
      if (isClosed) drop();
      return current !== null;
    },
    ask: (name, params, limitMs) =>
      current === null
        ? Promise.reject(unreachable('the supervisor is not reachable'))
        : withLimit(current.request(name, params), limitMs),
    drop,
    close: () => {
      isClosed = true;
      drop();
    },
  };
};
