import type { PlatformName } from './platform-name.ts';
import type { Relaunch } from './plan.ts';
import type { PortOccupancy, PortSocket } from './port.ts';
import type {
  GroupLimit,
  ProcessInfo,
  ProcessMemory,
  ProcessRef,
  ProcessSketch,
  ProcessState,
  ProcessTraces,
} from './process.ts';
import type { Reading } from './snapshot.ts';

/** A process identity with its state, read in this instant. */
export interface LiveProcess extends ProcessRef {
  readonly state: ProcessState;
  readonly parentPid: number;
}

/** The process and user the command itself runs as. */
export interface SelfInfo {
  readonly pid: number;
  readonly uid: number | null;
}

/** Looking, never touching. */
export interface Inspector {
  /** One port: bind probes first, and holders only when it is not free. */
  port(port: number): Promise<Reading<PortOccupancy>>;
  /** The listeners of a port from the tables alone: looking again must not hold the port, even for an instant. */
  portListeners(port: number): Promise<Reading<readonly PortSocket[]>>;
  /** Every listening socket with its holders. */
  listeners(): Promise<Reading<readonly PortSocket[]>>;
  /** The named processes, all their ancestors, and living leaders of their sessions. Processes that vanished are left out. */
  lineage(pids: readonly number[]): Promise<Reading<readonly ProcessInfo[]>>;
  /** All living descendants of the named processes, without those themselves. */
  descendants(pids: readonly number[]): Promise<Reading<readonly ProcessInfo[]>>;
  /** Processes of which the predicate holds for the short name or the argument vector. */
  named(matches: (name: string, command: readonly string[]) => boolean): Promise<Reading<readonly ProcessInfo[]>>;
  /**
   * A quick look at the named processes, or at every process there is. Of processes of other users only the numbers
   * and the short name are read.
   */
  sketch(pids: readonly number[] | 'all'): Promise<Reading<readonly ProcessSketch[]>>;
  /** The standard streams of the named processes, by pid; `null` for those that could not be read. */
  streams(pids: readonly number[]): Promise<Reading<ReadonlyMap<number, ProcessTraces['streams']>>>;
  /** What ties the named processes to others. Processes that vanished are left out. */
  traces(pids: readonly number[]): Promise<Reading<readonly ProcessTraces[]>>;
  /** Memory of the named processes. Processes that vanished are left out. */
  memory(pids: readonly number[]): Promise<Reading<readonly ProcessMemory[]>>;
  /** The tightest control group limit on each of the named processes, by pid; those without one are left out. */
  groupLimits(pids: readonly number[]): Promise<Reading<ReadonlyMap<number, GroupLimit>>>;
  /** Who has this pid now; `null` if nobody. Cheap: asked right before each signal. */
  identify(pid: number): Promise<LiveProcess | null>;
  self(): SelfInfo;
}

export type SignalName = 'SIGTERM' | 'SIGKILL' | 'SIGCONT';

export type SignalOutcome = 'sent' | 'gone' | 'another-process' | 'not-permitted';

/** A command that ended. */
export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it could not be run at all, or was ended; `null` otherwise. */
  readonly failure: 'not-found' | 'timed-out' | 'not-permitted' | null;
}

/** Touching: each call identifies its target in the same instant. */
export interface ProcessControl {
  signal(ref: ProcessRef, signal: SignalName): Promise<SignalOutcome>;
  /** Runs a program without a shell. */
  run(command: readonly [string, ...string[]], timeoutMs: number): Promise<CommandResult>;
  /** Starts a program in a session of its own, writing to a file. */
  launch(relaunch: Relaunch, logFile: string): Promise<ProcessRef>;
  /** The processes the last resort would end on a port, as far as they can be told. */
  victimsOfPort(port: number): Promise<readonly number[]>;
  /** The last resort: ends by force what the package finds on a port. That it returns means nothing. */
  killByPort(port: number): Promise<void>;
}

/** The two calls that go through the package for ports. */
export type LastResort = Pick<ProcessControl, 'victimsOfPort' | 'killByPort'>;

/** One operating system, behind one face. */
export interface Platform {
  readonly name: PlatformName;
  readonly inspect: Inspector;
  readonly control: ProcessControl;
}
