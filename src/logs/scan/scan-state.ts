import type { ErrorMemory } from './error-memory.ts';
import type { LifeMemory } from './life-memory.ts';
import type { LineSink } from './line-sink.ts';
import type { NeedleFinder } from './needle-finder.ts';

export interface ScanOptions {
  /** The search for lines that matter, made when it is first needed, from a sample of the text. */
  readonly finder: (sample: Uint8Array, capacity: number) => NeedleFinder;
  /** Up to so many bytes a log is read line by line. */
  readonly readAllBytes: number;
  /** Of the first byte, in the log. */
  readonly offset: number;
  readonly learnedBytes?: number;
  readonly blockBytes?: number;
}

/** What is kept while bytes are split into lines. */
export interface ScanState {
  readonly sink: LineSink;
  readonly options: ScanOptions;
  readonly memory: ErrorMemory;
  readonly lives: LifeMemory;
  /** The bytes that are looked at; of them `filled` are there. */
  text: Buffer;
  filled: number;
  finder: NeedleFinder | null;
  searched: boolean;
  /** Of the first byte of the text, in the log. */
  offset: number;
  number: number;
  readAllUntil: number;
  /** How many lines are read in any case. */
  attention: number;
  inCutLine: boolean;
  /** What is left are lives that wait for what follows them. */
  waiting: boolean;
  ended: boolean;
}
