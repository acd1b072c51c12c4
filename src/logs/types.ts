import type { Location, ReadText } from './location/index.ts';

/** One log file, or one rotated part of it, as bytes. */
export interface LogSource {
  readonly name: string;
  /** Milliseconds since the epoch; null when nobody knows, as for a pipe. */
  readonly modifiedAt: number | null;
  readonly chunks: AsyncIterable<Uint8Array>;
  /**
   * Sources that share a stream are parts of one log, oldest first in the order they are given. Left out, rotated
   * siblings are found by name: `app.log.2.gz`, `app.log.1`, `app.log`.
   */
  readonly stream?: string;
  /** False when the bytes begin in the middle of a longer log. Left out, they begin at its beginning. */
  readonly fromStart?: boolean;
  /** The byte offset of the first chunk in the file. */
  readonly startOffset?: number;
  /** Words of lines that lives begin with, where they are known from another part of the log. */
  readonly startWords?: readonly string[];
}

/** One line that was cited, as it stands after decoding and unwrapping. */
export interface LogEvidence {
  readonly file: string;
  /** Counted from 1; null when the log was read from its tail and the lines before were not counted. */
  readonly line: number | null;
  /** Byte offset of the line in the decoded log. */
  readonly offset: number;
  readonly text: string;
  readonly role: 'cause' | 'context' | 'end' | 'start';
}

export type Confidence = 'A' | 'B' | 'C';

/** A root cause: a code of the catalogue, or SILENT_EXIT, WATCH_SELF_TRIGGER, NONE. */
export interface LogCause {
  readonly code: string;
  readonly confidence: Confidence;
  /** What the text names: port, variable, module, host, path. */
  readonly detail: Readonly<Record<string, string>>;
}

/** What the log alone cannot decide, and what would. */
export interface LogDoubt {
  readonly why: string;
  readonly watch: string;
}

/** What one service's logs say about its restarts. */
export interface LogDiagnosis {
  /** The name that the log or its file gives; null when there is none. */
  readonly service: string | null;
  readonly files: readonly string[];
  readonly runner: string | null;
  /** Starts after the first, whatever their reason; a cluster's first instances are not counted. */
  readonly restarts: number;
  /** Restarts that nobody asked for. */
  readonly unplanned: number;
  /** Restarts that a watcher made because a file changed. */
  readonly edits: number;
  /** First to last start; null when the log tells no times. */
  readonly windowSeconds: number | null;
  readonly restartLoop: boolean;
  /** There was a loop, and the service has been well since. */
  readonly pastLoop: boolean;
  readonly recovered: boolean;
  /** Null when neither the log nor its file's time can tell. */
  readonly stillGoing: boolean | null;
  /** The runner stopped trying. */
  readonly gaveUp: boolean;
  readonly ambiguous: LogDoubt | null;
  readonly rootCause: LogCause;
  readonly alternatives: readonly LogCause[];
  readonly evidence: readonly LogEvidence[];
  /** The place in the project worth opening first. */
  readonly location: Location | null;
  /** Milliseconds since the epoch; null when the log tells no dates. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Byte offset of the first start that was read; what came before it is older than what was read. */
  readonly firstStartOffset: number | null;
  /** The same for the same failure: code and headline without numbers, paths and identifiers. */
  readonly fingerprint: string;
}

/** How the reading of one source ended. */
export interface SourceOutcome {
  readonly name: string;
  readonly state: 'read' | 'cut' | 'broken';
  readonly detail: string | null;
  readonly bytes: number;
}

export interface LogReport {
  /** The worst first. */
  readonly diagnoses: readonly LogDiagnosis[];
  readonly outcomes: readonly SourceOutcome[];
}

export interface LogOptions {
  /** Milliseconds since the epoch; decides whether a loop is still going. */
  readonly now: number | null;
  /** Bytes of each stream in which every line is read; after these only lines that may matter are. */
  readonly readAllBytes?: number;
  /** Decoded bytes of one source after which reading stops. */
  readonly byteLimit?: number;
  /** Reads a file of the project for the source map inside or beside it; null when it cannot be read. */
  readonly readText?: ReadText;
}

export type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug';

/** One line after decoding and unwrapping. */
export interface LogEntry {
  /** Verbatim, without the wrapping that others put around it. */
  readonly text: string;
  /** The text without its own time stamp. */
  readonly body: string;
  /** Milliseconds since the epoch; from midnight when only a clock was told. */
  readonly at: number | null;
  /** Whether `at` has a date. */
  readonly dated: boolean;
  readonly service: string | null;
  readonly pid: number | null;
  /** The program name a syslog line carries. */
  readonly ident: string | null;
  readonly level: Level | null;
  readonly file: string;
  readonly line: number | null;
  readonly offset: number;
}
