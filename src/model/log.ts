import type { TreeMemory } from './dev-tree.ts';
import type { Clock } from './clock.ts';

/** One cited line, as it stands after decoding and unwrapping. */
export interface LogLine {
  readonly file: string;
  /** Counted from 1; `null` when the log was read from its end and the lines before were not counted. */
  readonly line: number | null;
  readonly text: string;
  readonly role: 'cause' | 'context' | 'end' | 'start';
}

/** A root cause that a log tells: a code of the catalogue, or `NONE`. */
export interface LogCause {
  readonly code: string;
  /** A: the text proves it. B: it needs the end beside it. C: an inference. */
  readonly confidence: 'A' | 'B' | 'C';
  /** What the text names: port, variable, module, host, path. */
  readonly detail: Readonly<Record<string, string>>;
}

/** What the catalogue says of a cause, filled with what the log names. */
export interface CauseWords {
  readonly title: string;
  readonly remedy: readonly string[];
  readonly wrongRemedies: readonly string[];
  readonly watch: string;
}

/** A line of the project worth opening. */
export interface CodePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
}

/** What one service's logs say of its restarts. */
export interface ServiceLog {
  /** The name that the log or its file gives; `null` when there is none. */
  readonly service: string | null;
  readonly files: readonly string[];
  /** What restarts it, such as `pm2`; `null` when the log does not tell. */
  readonly runner: string | null;
  /** Starts after the first, whatever their reason. */
  readonly restarts: number;
  /** Restarts that nobody asked for. */
  readonly unplanned: number;
  /** Restarts that a watcher made because a file changed. */
  readonly edits: number;
  /** First to last start; `null` when the log tells no times. */
  readonly windowSeconds: number | null;
  /** Is it in a restart loop where the log ends? */
  readonly restartLoop: boolean;
  /** There was a loop, and it has been well since. */
  readonly pastLoop: boolean;
  /** `null` when neither the log nor its file's time can tell. */
  readonly stillGoing: boolean | null;
  /** The runner stopped trying. */
  readonly gaveUp: boolean;
  /** What the log alone cannot decide, and what would. */
  readonly ambiguous: { readonly why: string; readonly watch: string } | null;
  readonly rootCause: LogCause;
  /** `null` for causes without an entry in the catalogue. */
  readonly words: CauseWords | null;
  readonly alternatives: readonly LogCause[];
  readonly evidence: readonly LogLine[];
  readonly location: CodePlace | null;
  /** The same for the same failure. */
  readonly fingerprint: string;
}

/** How the reading of one log ended. */
export interface LogOutcome {
  readonly name: string;
  readonly state: 'read' | 'cut' | 'broken' | 'unreadable';
  /** Why it was not read to its end; `null` when it was. */
  readonly detail: string | null;
}

/** Everything that the check for restart loops judges on, besides the ports that the logs name. */
export interface LogFacts {
  /** The worst first. */
  readonly services: readonly ServiceLog[];
  readonly outcomes: readonly LogOutcome[];
  /** Were the logs named by the person, and not found by their places? */
  readonly named: boolean;
  /** Dev trees as the memory check sees them, for causes that are about memory; empty where they were not looked at. */
  readonly trees: readonly TreeMemory[];
}

/** A log to read: a path, or what standard input gives. */
export type LogInput =
  | { readonly kind: 'file'; readonly path: string; readonly name: string }
  | { readonly kind: 'stream'; readonly name: string; readonly chunks: AsyncIterable<Uint8Array> };

/** Which logs, and by whom they were named. */
export interface LogRequest {
  readonly inputs: readonly LogInput[];
  /** Did the person name them, so that each that cannot be read is worth telling? */
  readonly named: boolean;
  readonly clock: Clock;
}
