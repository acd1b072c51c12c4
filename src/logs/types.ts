import type { LogLine, ServiceLog } from '../model/log.ts';
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

/** One line that was cited, with where it stands in the decoded log. */
export interface LogEvidence extends LogLine {
  /** Byte offset of the line. */
  readonly offset: number;
}

/** What the log alone cannot decide, and what would. */
export type LogDoubt = NonNullable<ServiceLog['ambiguous']>;

/** What one service's logs say about its restarts, with what only a reader of logs needs besides. */
export interface LogDiagnosis extends Omit<ServiceLog, 'words' | 'evidence' | 'location'> {
  readonly recovered: boolean;
  readonly evidence: readonly LogEvidence[];
  /** The place in the project worth opening first. */
  readonly location: Location | null;
  /** Milliseconds since the epoch; null when the log tells no dates. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Byte offset of the first start that was read; what came before it is older than what was read. */
  readonly firstStartOffset: number | null;
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
