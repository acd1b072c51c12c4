import type { AnswerOf, ParamsOf, RequestName } from '../protocol/messages.ts';

/** A connection to the daemon. */
export interface Supervisor {
  readonly daemonVersion: string;
  readonly daemonProtocol: number;
  readonly daemonPid: number;
  /** Rejects with a `DevdoctorError` that says what failed and what to type next. */
  readonly request: <N extends RequestName>(name: N, params: ParamsOf<N>) => Promise<AnswerOf<N>>;
  readonly close: () => void;
}
