import type { CauseWord } from './words.ts';

/** Every root cause this project has a name for. The codes are stable: pages, findings and JSON carry them. */
export type CauseCode =
  | 'EACCES_PORT'
  | 'EADDRINUSE'
  | 'ECONNREFUSED_DB'
  | 'DNS_FAILURE'
  | 'EMFILE'
  | 'ENOSPC_DISK'
  | 'ENOSPC_WATCHERS'
  | 'ERR_REQUIRE_ESM'
  | 'HEAP_OOM'
  | 'MISSING_ENV'
  | 'MODULE_NOT_FOUND'
  | 'OOM_KILLED'
  | 'PM2_MEMORY_LIMIT'
  | 'SIGABRT'
  | 'SIGKILL'
  | 'SIGSEGV'
  | 'SILENT_EXIT'
  | 'SYNTAX_ERROR'
  | 'TS_ERROR'
  | 'UNCAUGHT_EXCEPTION'
  | 'UNHANDLED_REJECTION'
  | 'WATCHDOG_TIMEOUT'
  | 'WATCH_SELF_TRIGGER';

/**
 * How far a text alone carries. A: it proves the cause when it is the last error before an end. B: it needs an
 * end beside it. C: an inference.
 */
export type Confidence = 'A' | 'B' | 'C';

/** One form in which one program tells of a cause. */
export interface Signature {
  /** Which program prints it. */
  readonly from: string;
  /** A line in this form contains at least one. Where there is none, a fast scan of a large file passes it by. */
  readonly words: readonly CauseWord[];
  /** Matched against one line. What its named groups hold becomes the detail; a digit at the end of a name is cut off. */
  readonly pattern: RegExp;
  readonly confidence: Confidence;
  /** 0 to 100: of two errors in one life the more specific is the cause. */
  readonly specificity: number;
  /** One of the lines shortly above has to say this. */
  readonly below?: RegExp;
  /** One of the lines shortly below has to say this. */
  readonly above?: RegExp;
  /** A line that says this as well means something else. */
  readonly unless?: RegExp;
  /** Common enough in healthy text to say nothing unless the program ended. */
  readonly onlyInCrash?: true;
}

/** One root cause: how it is recognised, what mends it, what does not, and what only looks like it. */
export interface Cause {
  readonly code: CauseCode;
  /** What happened, in a few words without a stop. */
  readonly title: string;
  /** What to do, in order. `{port}` and its like stand for a detail of the match. */
  readonly remedy: readonly [string, ...string[]];
  /** What people try, and why it does not help. */
  readonly wrongRemedies: readonly string[];
  /** Texts that look like this cause and are none. */
  readonly falseFriends: readonly string[];
  /** What to watch when the log alone does not prove it. */
  readonly watch: string;
  /** Empty where only the course of several lives tells, which no line does. */
  readonly signatures: readonly Signature[];
}

/** How the life ended, as far as the runner told. */
export interface CauseContext {
  readonly exitCode: number | null;
  /** Such as `SIGKILL`. */
  readonly signal: string | null;
  readonly crashed: boolean;
  /** Such as `pm2`; `null` when unknown. */
  readonly runner: string | null;
}

/** The cause of the end of one life. */
export interface CauseMatch {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  /** Index of the line to cite; -1 when no line tells, only the way it ended. */
  readonly line: number;
  readonly specificity: number;
  /** Such as port, address, variable, module, host, path. */
  readonly detail: Readonly<Record<string, string>>;
}
