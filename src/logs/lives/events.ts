import type { LogEntry } from '../types.ts';

/** Why a life followed another. */
export type StartReason = 'first' | 'unplanned' | 'asked' | 'edit' | 'memory';

export interface StartEvent {
  readonly type: 'start';
  /** Starts of one kind are counted together: a runner's name, or how the start was recognised. */
  readonly kind: string;
  readonly reason: StartReason;
  readonly entry: LogEntry;
  readonly position: number;
  readonly instance: string | null;
  /** The last lines of the life before. */
  readonly before: readonly LogEntry[];
}

export interface EndEvent {
  readonly type: 'end';
  readonly how: 'end' | 'death' | 'wait';
  readonly weak: boolean;
  readonly runner: string;
  readonly entry: LogEntry;
  readonly position: number;
  readonly code: number | null;
  readonly signal: string | null;
}

/** A line that says why, and ends nothing. */
export interface NoteEvent {
  readonly type: 'note' | 'asked' | 'edit' | 'memory' | 'gave-up';
  readonly entry: LogEntry;
  readonly position: number;
  readonly path: string | null;
}

export type LifeEvent = StartEvent | EndEvent | NoteEvent;
