import type { ProcessRef } from './process.ts';
import type { Certainty, Remedy } from './remedy.ts';

/** What must still hold immediately before a step; a failed guard withholds the step. */
export type Guard =
  | { readonly kind: 'same-process'; readonly ref: ProcessRef; readonly command: string }
  | { readonly kind: 'still-listening'; readonly port: number; readonly owners: readonly ProcessRef[] }
  | { readonly kind: 'still-unidentified'; readonly port: number }
  | { readonly kind: 'not-protected'; readonly refs: readonly ProcessRef[] };

export type Consent = 'not-needed' | 'ask' | 'refuse';

/** A process that a step would end, in words a person recognises. */
export interface StepMember extends ProcessRef {
  readonly label: string;
}

/** How an ended program could be started again. */
export interface Relaunch {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** Values that are safe to keep. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of all variables it had, without values. */
  readonly environmentNames: readonly string[];
}

/** One action, what it resolves, and what must hold before it. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly remedy: Remedy;
  /** Ids of the findings this step is meant to resolve. */
  readonly resolves: readonly string[];
  readonly guards: readonly Guard[];
  readonly consent: Consent;
  /** How sure it is that this is wanted: `--yes` covers only what is certain. */
  readonly certainty: Certainty;
  /** Why consent is refused; `null` otherwise. */
  readonly refusal: string | null;
  /** The processes that would end, leaf first. Empty unless the remedy is `terminate`. */
  readonly members: readonly StepMember[];
  /** Processes of the same tree that are protected: neither they nor what they start may be taken for its own. */
  readonly spared: readonly ProcessRef[];
  /** `null` when the way it was started cannot be told. */
  readonly relaunch: Relaunch | null;
}

/** What would be done, exactly; printing it is the dry run. */
export interface Plan {
  /** The instant of the snapshot the plan rests on. */
  readonly basedOn: number;
  readonly steps: readonly Step[];
  readonly leftToYou: readonly Remedy[];
}

export type StepStatus = 'done' | 'withheld' | 'failed' | 'declined';

/** What became of one step. */
export interface StepResult {
  readonly step: string;
  readonly status: StepStatus;
  readonly detail: string;
}

/** What a second look told of one finding. */
export interface Verdict {
  readonly finding: string;
  readonly status: 'resolved' | 'persists' | 'unverified';
  readonly detail: string;
}
