import type { LogCause } from './log.ts';

/** A process identity that holds across programs and restarts of the supervisor: pid, birth and boot. */
export interface BirthMark {
  readonly pid: number;
  /** Linux: clock ticks after boot. Elsewhere: seconds since the epoch, as `ps` tells them. */
  readonly born: number;
  /** Id of the boot, so that equal ticks of another boot are another process. */
  readonly boot: string;
}

/** When and how logs are rotated. */
export interface RotationSpec {
  readonly maxBytes: number;
  /** Age of the oldest line after which a log is rotated, in milliseconds; `null` for size alone. */
  readonly maxAgeMs: number | null;
  /** How many rotated files are kept. */
  readonly retain: number;
  readonly compress: boolean;
}

/** Where a service's output goes. */
export interface LogSpec {
  /** Absolute path; `null` throws the output away. */
  readonly out: string | null;
  readonly error: string | null;
  /** A file with both streams; `null` for none. */
  readonly combined: string | null;
  /** The pattern of `log_date_format`; `null` for raw output. */
  readonly dateFormat: string | null;
  readonly type: 'raw' | 'json';
  /** Do all instances write to the same files? */
  readonly merged: boolean;
  /** `null` never rotates. */
  readonly rotation: RotationSpec | null;
}

/** Which files restart a service when they change. */
export interface WatchSpec {
  /** Absolute paths. */
  readonly paths: readonly string[];
  /** Globs or names, as the configuration gives them. */
  readonly ignore: readonly string[];
  readonly delayMs: number;
  readonly polling: boolean;
}

/** A service as its configuration wants it: every default filled in, every path absolute, JSON-safe. */
export interface ServiceSpec {
  readonly name: string;
  readonly namespace: string;
  /** As the configuration names it, for people. */
  readonly script: string;
  /** The argument vector to run; the program first, absolute. */
  readonly command: readonly [string, ...string[]];
  /** Absolute path of the interpreter among `command`; `null` where the script runs by itself. */
  readonly interpreter: string | null;
  readonly cwd: string;
  /** The whole environment: allowed variables of the shell, then the configuration's. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of the variables that the configuration itself sets. */
  readonly ownVariables: readonly string[];
  readonly mode: 'fork' | 'cluster';
  readonly instances: number;
  /** Variable that tells an instance its number. */
  readonly instanceVariable: string;
  /** Variable that grows by one with each instance; `null` for none. */
  readonly incrementVariable: string | null;
  readonly autostart: boolean;
  readonly autorestart: boolean;
  readonly maxRestarts: number;
  readonly minUptimeMs: number;
  readonly restartDelayMs: number;
  readonly expBackoffMs: number;
  readonly stopExitCodes: readonly number[];
  /** Bytes of the whole tree; `null` for no limit. */
  readonly maxMemoryBytes: number | null;
  readonly killTimeoutMs: number;
  readonly killSignal: NodeJS.Signals;
  readonly treeKill: boolean;
  readonly shutdownWithMessage: boolean;
  readonly listenTimeoutMs: number;
  readonly waitReady: boolean;
  /** The port it needs: `port` or PORT of the configuration; `null` when neither names one. */
  readonly port: number | null;
  readonly logs: LogSpec;
  readonly watch: WatchSpec | null;
  /** The cron expression of `cron_restart`; `null` for none. */
  readonly cron: string | null;
  readonly uid: string | number | null;
  readonly gid: string | number | null;
  readonly pidFile: string | null;
  /** The configuration file; `null` for a service named on the command line. */
  readonly configFile: string | null;
  /** What `--env` chose; `null` for none. */
  readonly profile: string | null;
}

/** PM2's words for how a service is, and `blocked`. */
export type ServiceStatus = 'online' | 'launching' | 'stopping' | 'stopped' | 'errored' | 'waiting restart' | 'blocked';

/** How the last run of a service ended. */
export interface LastExit {
  /** `null` when a signal ended it, or nobody saw it end. */
  readonly code: number | null;
  readonly signal: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Code of the root cause that its output tells; `null` without one. */
  readonly rootCause: string | null;
  /** The line that says so. */
  readonly evidence: string | null;
  readonly detail: LogCause['detail'];
}

/** Who holds the port that a blocked service needs. */
export interface PortBlock {
  readonly port: number;
  /** `812 redis-server (systemd)`, or how the holder is hidden. */
  readonly holder: string;
  readonly pid: number | null;
}

/** One row of `list`. */
export interface ServiceRow {
  readonly id: number;
  readonly name: string;
  readonly namespace: string;
  readonly mode: 'fork' | 'cluster';
  readonly status: ServiceStatus;
  /** `null` while nothing runs. */
  readonly pid: number | null;
  /** Milliseconds since its last start; `null` while nothing runs. */
  readonly uptimeMs: number | null;
  readonly restarts: number;
  readonly unstableRestarts: number;
  /** Bytes of the whole tree; `null` while nothing runs or nobody measured. */
  readonly memoryBytes: number | null;
  /** Of one core, over the last sample; `null` while nothing runs or nobody measured. */
  readonly cpuPercent: number | null;
  /** TCP ports its tree listens on. */
  readonly ports: readonly number[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly instances: number;
  readonly lastExit: LastExit | null;
  /** Why it is `blocked`; `null` otherwise. */
  readonly blockedBy: PortBlock | null;
  /** Why it is `errored`, in a sentence; `null` otherwise. */
  readonly reason: string | null;
}

/** Everything about one service, for `show`, `env` and `jlist`. */
export interface ServiceDetail extends ServiceRow {
  readonly spec: ServiceSpec;
  /** Number of this instance, from 0. */
  readonly instance: number;
  /** The environment of this instance, secrets included. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its logs lie, resolved for this instance. */
  readonly logs: LogSpec;
  /** Milliseconds since the epoch; `null` while nothing runs. */
  readonly startedAt: number | null;
  readonly pids: readonly number[];
}

/** One sample of a service's tree. */
export interface ServiceSample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly memoryBytes: number;
  /** Of one core. */
  readonly cpuPercent: number;
}
