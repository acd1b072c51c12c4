import type { SCHEMA_VERSION } from './results.ts';
import type { ServiceDetail, ServiceRow, ServiceStatus } from './service.ts';

/** Commands that do something to services and tell how each came out. */
export type ActionCommand =
  | 'start'
  | 'stop'
  | 'restart'
  | 'delete'
  | 'scale'
  | 'reset'
  | 'send-signal'
  | 'flush'
  | 'resurrect';

/** How one service came out of a command. */
export interface ServiceOutcome {
  readonly id: number;
  readonly name: string;
  /** `unchanged`: it was so already. `failed`: `detail` says why. */
  readonly outcome: 'done' | 'unchanged' | 'failed';
  readonly status: ServiceStatus | 'deleted';
  readonly pid: number | null;
  /** One sentence for people; `null` when there is nothing to say. */
  readonly detail: string | null;
  /** The next command to type; `null` for none. */
  readonly hint: string | null;
}

/** What a command that acts on services prints with `--json`. */
export interface ActionReport<C extends ActionCommand = ActionCommand> {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: C;
  readonly outcomes: readonly ServiceOutcome[];
  readonly notices: readonly string[];
}

/** What `start --json` prints. */
export type StartResult = ActionReport<'start'>;
/** What `stop --json` prints. */
export type StopResult = ActionReport<'stop'>;
/** What `restart --json` prints. */
export type RestartResult = ActionReport<'restart'>;
/** What `delete --json` prints. */
export type DeleteResult = ActionReport<'delete'>;
/** What `scale --json` prints. */
export type ScaleResult = ActionReport<'scale'>;
/** What `reset --json` prints. */
export type ResetResult = ActionReport<'reset'>;
/** What `send-signal --json` prints. */
export type SendSignalResult = ActionReport<'send-signal'>;
/** What `flush --json` prints. */
export type FlushResult = ActionReport<'flush'>;
/** What `resurrect --json` prints. */
export type ResurrectResult = ActionReport<'resurrect'>;

/** The supervisor that answered. */
export interface SupervisorRef {
  readonly pid: number;
  readonly version: string;
}

/** What `list --json` prints. */
export interface ListResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'list';
  /** `null` when none runs, and the services are told from its files. */
  readonly supervisor: SupervisorRef | null;
  readonly services: readonly ServiceRow[];
  readonly notices: readonly string[];
}

/** What `show --json` prints; likely secrets are masked unless they were asked for. */
export interface ShowResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'show';
  /** `null` when none runs, and the services are told from its files. */
  readonly supervisor: SupervisorRef | null;
  readonly services: readonly ServiceDetail[];
  readonly notices: readonly string[];
}

/** The variables of one service. */
export interface ServiceEnvironment {
  readonly id: number;
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What `env --json` prints; likely secrets are masked unless they were asked for. */
export interface EnvResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'env';
  readonly services: readonly ServiceEnvironment[];
}

/** The process of one service. */
export interface ServicePid {
  readonly id: number;
  readonly name: string;
  /** `null` while nothing runs. */
  readonly pid: number | null;
}

/** What `pid --json` prints. */
export interface PidResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'pid';
  readonly services: readonly ServicePid[];
}

/** What `save --json` prints. */
export interface SaveResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'save';
  readonly file: string;
  /** How many services were kept. */
  readonly count: number;
}

/** What `ping --json` prints. */
export interface PingResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'ping';
  readonly pid: number;
  readonly version: string;
  readonly uptimeMs: number;
}

/** What `kill --json` prints. */
export interface KillResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: 'kill';
  /** The supervisor that was ended; `null` when none ran. */
  readonly supervisor: SupervisorRef | null;
  readonly outcomes: readonly ServiceOutcome[];
  readonly notices: readonly string[];
}
