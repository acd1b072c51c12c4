import type { ManagerKind } from './manager.ts';
import type { ProcessRef } from './process.ts';

export type Risk = 'safe' | 'disruptive' | 'destructive';

interface RemedyBase {
  readonly risk: Risk;
  readonly rationale: string;
  /** What a person would type for the same effect. */
  readonly commands: readonly string[];
}

/**
 * How sure it is that the target is what the person wants ended. `--yes` covers what is certain; what is likely is
 * chosen beforehand when a person is asked; what is possible is only listed.
 */
export type Certainty = 'certain' | 'likely' | 'possible';

/** End a process, politely first. */
export interface TerminateRemedy extends RemedyBase {
  readonly kind: 'terminate';
  readonly certainty: Certainty;
  readonly target: ProcessRef;
  readonly tree: boolean;
  /** Time between the polite signal and the forced one. */
  readonly graceMs: number;
}

/** Ask the manager that would otherwise start the process again. */
export interface StopWithManagerRemedy extends RemedyBase {
  readonly kind: 'stop-with-manager';
  readonly manager: ManagerKind;
  readonly unit: string;
  /** The argument vector to run; no shell reads it. */
  readonly run: readonly [string, ...string[]];
}

/** The last resort: end whatever holds a port, unidentified. */
export interface KillByPortRemedy extends RemedyBase {
  readonly kind: 'kill-by-port';
  readonly port: number;
}

/** Something only a person should do. */
export interface ManualRemedy extends RemedyBase {
  readonly kind: 'manual';
  readonly instructions: string;
}

/** What would help, as data: printable, comparable, refusable. */
export type Remedy = TerminateRemedy | StopWithManagerRemedy | KillByPortRemedy | ManualRemedy;

export type RemedyKind = Remedy['kind'];

export type RemedyOf<K extends RemedyKind> = Extract<Remedy, { kind: K }>;
