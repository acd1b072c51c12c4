import type { Finding } from './finding.ts';
import type { FactName, Facts } from './snapshot.ts';

/** A service that the project's configuration names, and how much memory it may use. */
export interface ServiceLimit {
  readonly name: string;
  readonly limitBytes: number | null;
  readonly source: 'settings' | 'max_memory_restart';
  /** The folder it runs in and the script it runs, where the configuration says. */
  readonly cwd: string | null;
  readonly script: string | null;
}

/** What the project's settings and the person say about judging. */
export interface Preferences {
  /** How many bytes any dev server of the project may use; `null` for no limit of its own. */
  readonly maxMemoryBytes: number | null;
  /** The project's services, as its configuration names them. */
  readonly services: readonly ServiceLimit[];
  /** Names of programs, and ports, that are never to be ended. */
  readonly protect: readonly (string | number)[];
  /** Dev servers younger than this are not judged, in milliseconds. */
  readonly minAgeMs: number;
}

/** What holds where nobody says anything. */
export const NO_PREFERENCES: Preferences = { maxMemoryBytes: null, services: [], protect: [], minAgeMs: 0 };

/** What a check may know besides the facts it declared. All of it is given, nothing is looked up. */
export interface CheckContext extends Preferences {
  /** Milliseconds since the epoch, the instant of the snapshot. */
  readonly now: number;
  /** The folder of the project the command runs in; `null` outside any. */
  readonly project: string | null;
  /** The user the command runs as; `null` where users have no number. */
  readonly uid: number | null;
  readonly selfPid: number;
  /** The control group of the command itself, to tell a service from the session both run in. */
  readonly selfControlGroup: string | null;
  /** The folder of the nearest package.json above each working directory that occurs in the facts. */
  readonly projectOf: (directory: string) => string | null;
}

/** Pure judgement: facts in, findings out. */
export interface Check<N extends FactName = FactName> {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly N[];
  readonly examine: (facts: Pick<Facts, N>, context: CheckContext) => Iterable<Finding>;
}

/** Names a check so that it can read only the facts it declared. */
export const defineCheck = <const N extends FactName>(check: Check<N>): Check<N> => check;

/** How one check ended. */
export type CheckOutcome =
  | { readonly status: 'clear'; readonly check: string }
  | { readonly status: 'found'; readonly check: string; readonly findings: readonly Finding[] }
  | { readonly status: 'skipped'; readonly check: string; readonly because: string }
  | { readonly status: 'crashed'; readonly check: string; readonly error: Error };
