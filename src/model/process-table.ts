import type { ProcessState } from './process.ts';
import type { SignalOutcome } from './platform.ts';
import type { BirthMark } from './service.ts';

/** One process as the supervisor sees it, from one read. */
export interface TableRow {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  /** 0 where the system does not tell. */
  readonly sessionId: number;
  readonly state: ProcessState;
  readonly name: string;
  /** See `BirthMark`. */
  readonly born: number;
  /** Processor time so far, in milliseconds. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** A TCP listener and the process that holds it. */
export interface HeldPort {
  readonly port: number;
  readonly pid: number;
}

/**
 * The processes of this machine, for a program that outlives its own restarts: births are comparable between programs
 * of one boot. All calls answer at once: between a look and a signal nothing may be awaited.
 */
export interface ProcessTable {
  /** Id of this boot. */
  readonly boot: string;
  /** What `born` counts: the kernel's ticks after boot, which a shell can read as well, or seconds since the epoch. */
  readonly birthUnit: 'ticks' | 'seconds';
  /** `null` when nobody has this pid. */
  readonly look: (pid: number) => TableRow | null;
  /** These, and no others, are looked at again and again from now on: what that needs is kept ready. */
  readonly keep: (pids: readonly number[]) => void;
  /** Every process, in one pass; `except` need not be looked at. */
  readonly all: (except?: ReadonlySet<number>) => readonly TableRow[];
  /** Of these processes, those whose environment holds exactly this `NAME=value`. Unreadable ones are left out. */
  readonly withVariable: (pids: readonly number[], entry: string) => readonly number[];
  /** The value of one variable of each of these processes; those without it and unreadable ones are left out. */
  readonly valuesOf: (pids: readonly number[], variable: string) => ReadonlyMap<number, string>;
  /** A number that is another one whenever a process was born since; `null` where only a look at all of them tells. */
  readonly births: () => number | null;
  /** Does this process ignore this signal? `false` where that cannot be told. */
  readonly ignores: (pid: number, signal: NodeJS.Signals) => boolean;
  /** Has every thread of it come to rest after SIGSTOP? */
  readonly isAtRest: (pid: number) => boolean;
  /** Proportional share of its resident bytes; `null` where that cannot be read. */
  readonly pssBytes: (pid: number) => number | null;
  /** TCP listeners of these processes. */
  readonly listeners: (pids: readonly number[]) => readonly HeldPort[];
  /**
   * How many TCP sockets there are, in words of the system's own: another text tells that it is time for `listeners`. One
   * that came while another one went is not seen. `null` where only `listeners` tells.
   */
  readonly listenMark: () => string | null;
  /** Signals a process only if it still is that process. */
  readonly signal: (target: BirthMark, signal: NodeJS.Signals) => SignalOutcome;
}
