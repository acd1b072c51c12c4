import type { ServiceDetail, ServiceRow, ServiceSample, ServiceSpec } from '../../model/service.ts';

/** Grows when a request or answer changes its meaning; additions do not count. */
export const PROTOCOL = 1;

/** How one service came out of a request. */
export interface ActionOutcome {
  readonly id: number;
  readonly name: string;
  /** `unchanged`: it was so already. `failed`: `detail` says why. */
  readonly outcome: 'done' | 'unchanged' | 'failed';
  readonly status: ServiceRow['status'] | 'deleted';
  readonly pid: number | null;
  /** One sentence for people; `null` when there is nothing to say. */
  readonly detail: string | null;
  /** The next command to type; `null` for none. */
  readonly hint: string | null;
}

/** How a request about services ended. */
export interface ActionResult {
  readonly outcomes: readonly ActionOutcome[];
  readonly notices: readonly string[];
}

/** How an applied configuration relates to what is there. */
export interface ApplyRequest {
  readonly specs: readonly ServiceSpec[];
  /**
   * `start`: new ones start, stopped ones start, running ones with an equal configuration stay as they are and changed ones
   * restart. `restart`: all restart.
   */
  readonly verb: 'start' | 'restart';
  /** Services of this file that `specs` no longer has are deleted; `null` for none. */
  readonly prune: string | null;
}

/** Verbs on services that are there. */
export type Verb = 'start' | 'stop' | 'restart' | 'delete' | 'reset';

/** Requests by their name: what is sent, and what is answered. */
export interface Requests {
  hello: [
    { readonly protocol: number; readonly version: string; readonly token: string },
    { readonly protocol: number; readonly version: string; readonly pid: number; readonly startedAt: number },
  ];
  ping: [Record<string, never>, { readonly pid: number; readonly version: string; readonly uptimeMs: number }];
  list: [Record<string, never>, { readonly services: readonly ServiceRow[]; readonly notices: readonly string[] }];
  details: [{ readonly targets: readonly string[] | null }, { readonly services: readonly ServiceDetail[] }];
  apply: [ApplyRequest, ActionResult];
  act: [
    { readonly verb: Verb; readonly targets: readonly string[]; readonly env: Readonly<Record<string, string>> | null },
    ActionResult,
  ];
  scale: [{ readonly target: string; readonly count: string }, ActionResult];
  signal: [{ readonly targets: readonly string[]; readonly signal: string }, ActionResult];
  flush: [{ readonly targets: readonly string[] | null }, ActionResult];
  save: [Record<string, never>, { readonly file: string; readonly count: number }];
  resurrect: [Record<string, never>, ActionResult];
  /** Samples of the last hour, by service id. */
  samples: [Record<string, never>, { readonly samples: Readonly<Record<string, readonly ServiceSample[]>> }];
  /** Ends the daemon; services go on unless `services` says `stop`. */
  shutdown: [{ readonly services: 'stop' | 'keep' }, ActionResult];
}

/** The name of a request. */
export type RequestName = keyof Requests;

/** What the requester of a name sends. */
export type ParamsOf<N extends RequestName> = Requests[N][0];

/** What is answered to a name. */
export type AnswerOf<N extends RequestName> = Requests[N][1];

/** Why a request failed, as the other side tells it. */
export interface WireError {
  readonly code: number;
  readonly message: string;
  readonly data?: { readonly kind: 'usage' | 'not-found' | 'environment' | 'fault'; readonly hint: string | null };
}

export interface WireRequest {
  readonly jsonrpc: '2.0';
  readonly id: number;
  readonly method: RequestName;
  readonly params: unknown;
}

export type WireAnswer =
  | { readonly jsonrpc: '2.0'; readonly id: number; readonly result: unknown }
  | { readonly jsonrpc: '2.0'; readonly id: number | null; readonly error: WireError };
