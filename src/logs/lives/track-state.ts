import type { LogEntry } from '../types.ts';
import { errorBlocks, type ErrorBlock, type ErrorBlocks, type ErrorCounts } from './error-blocks.ts';
import type { LifeEvent } from './events.ts';
import type { FirstLine, FirstLineState } from './first-line.ts';
import { pidWatch, type PidWatch } from './pid-watch.ts';
import { ring, type Ring } from './ring.ts';
import { startCounter, type StartCount, type StartCounter } from './start-counter.ts';
import { successors, type SuccessorCounts, type Successors } from './successors.ts';
import { recentCounts, type RecentCounts } from './template.ts';

/** All that is kept of one service in one stream. Bounded, however long the stream. */
export interface TrackSummary {
  readonly service: string | null;
  readonly runner: string | null;
  readonly lines: number;
  readonly ordinaryLines: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly dated: boolean;
  readonly starts: readonly StartCount[];
  readonly events: readonly LifeEvent[];
  readonly blocks: readonly ErrorBlock[];
  readonly errors: ErrorCounts;
  readonly deaths: number;
  readonly gaveUp: boolean;
  /** Null when the log has no line that could begin a life. */
  readonly first: FirstLine | null;
  readonly fromStart: boolean;
  readonly successors: SuccessorCounts;
  readonly overlappingPids: number;
  /** The one process that every numbered line is of; null when there are several or none. */
  readonly onlyPid: number | null;
  /** The last lines of the last life. */
  readonly tail: readonly LogEntry[];
}

/** What a track keeps while its stream is read. */
export interface TrackState {
  service: string | null;
  runner: string | null;
  readonly fromStart: boolean;
  /** Lines so far. */
  position: number;
  ordinary: number;
  firstAt: number | null;
  lastAt: number | null;
  dated: boolean;
  deaths: number;
  gaveUp: boolean;
  /** An end was read, and no line after it that could begin a life. */
  pendingEnd: boolean;
  /** The numbers of the line that came after the end before. */
  afterEnd: readonly number[];
  /** That end was told in words that others use as well. */
  pendingWeak: boolean;
  troubled: boolean;
  doneLine: boolean;
  first: FirstLineState | null;
  bootTemplate: string | null;
  /** Where the latest line of each kind stood. */
  readonly latest: { asked: number; edit: number; memory: number };
  /** Instances that ended, or whose runner began anew, since they started. */
  readonly ended: Set<string>;
  /** Runners that named themselves. */
  readonly named: Set<string>;
  /** The process number that a runner told last. */
  toldPid: string | null;
  tail: LogEntry[];
  readonly blocks: ErrorBlocks;
  readonly events: Ring<LifeEvent>;
  readonly starts: StartCounter;
  readonly pids: PidWatch;
  readonly templates: RecentCounts;
  readonly following: Successors;
}

const EVENTS_KEPT = 800;
const TEMPLATES_KEPT = 1000;
export const TAIL_LINES = 12;

export const trackState = (service: string | null, fromStart: boolean): TrackState => ({
  service,
  runner: null,
  fromStart,
  position: 0,
  ordinary: 0,
  firstAt: null,
  lastAt: null,
  dated: false,
  deaths: 0,
  gaveUp: false,
  pendingEnd: false,
  pendingWeak: false,
  afterEnd: [],
  troubled: false,
  doneLine: false,
  first: null,
  bootTemplate: null,
  latest: { asked: -1, edit: -1, memory: -1 },
  ended: new Set(),
  named: new Set(),
  toldPid: null,
  tail: [],
  blocks: errorBlocks(),
  events: ring<LifeEvent>(EVENTS_KEPT),
  starts: startCounter(),
  pids: pidWatch(),
  templates: recentCounts(TEMPLATES_KEPT),
  following: successors(),
});
