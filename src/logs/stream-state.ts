import { lineClassifier, type LineTraits } from './lives/line-traits.ts';
import { ring, type Ring } from './lives/ring.ts';
import type { ServiceTrack } from './lives/service-track.ts';
import type { TrackCounts } from './repeated-lives.ts';
import { routes, type Routes } from './stream-routes.ts';
import { clockOrder } from './time/clock-order.ts';
import type { LogEntry } from './types.ts';
import type { JournalExportReader } from './unwrap/journal-export.ts';
import type { Wrapping } from './unwrap/unwrap-line.ts';
import type { Unwrapped } from './unwrap/unwrapped.ts';

/** The source that lines come from at the moment. */
export interface SourcePlace {
  readonly file: string;
  /** False when lines before were not counted. */
  readonly numbered: boolean;
}

/** A line as text, before it is unwrapped. */
export interface Pending {
  readonly raw: string;
  readonly number: number;
  readonly offset: number;
}

/** A line that was read before. */
export interface Known {
  readonly entry: LogEntry;
  readonly traits: LineTraits;
}

/** The counts of each service at one moment. */
export type Counted = ReadonlyMap<ServiceTrack, TrackCounts>;

/** What is kept while a stream is read. */
export interface StreamState {
  readonly routes: Routes;
  readonly side: Ring<LogEntry>;
  readonly files: string[];
  readonly classify: (body: string, prefixed: boolean, ident: string | null) => LineTraits;
  readonly clock: (at: number | null, dated: boolean) => number | null;
  /** Lines without a time, and what stands behind the time of others. */
  readonly plain: Map<string, Known>;
  readonly stamped: Map<string, Known>;
  place: SourcePlace;
  /** The first lines, kept until the wrapping is known. */
  sample: Pending[] | null;
  wrapping: Wrapping;
  journal: JournalExportReader | null;
  partial: Unwrapped | null;
  current: ServiceTrack | null;
  /** The lines of the run-time's error that the scanner knows by heart. */
  byHeart: readonly LogEntry[] | null;
  /** The lines of the one that ended last. */
  endedError: readonly LogEntry[] | null;
  /** The line just read ended such an error. */
  errorEnded: boolean;
  /** The error being read is the one known by heart. */
  repeating: boolean;
  /** The counts before and after one of many lives that say the same. */
  measuredFrom: Counted;
  measuredTo: Counted;
  readonly passed: Map<ServiceTrack, TrackCounts>;
}

const SIDE_KEPT = 40;

export const streamState = (year: number, fromStart: boolean): StreamState => ({
  routes: routes(fromStart),
  side: ring<LogEntry>(SIDE_KEPT),
  files: [],
  classify: lineClassifier(),
  clock: clockOrder(),
  plain: new Map(),
  stamped: new Map(),
  place: { file: '', numbered: true },
  sample: [],
  wrapping: { prefix: null, year },
  journal: null,
  partial: null,
  current: null,
  byHeart: null,
  endedError: null,
  errorEnded: false,
  repeating: false,
  measuredFrom: new Map(),
  measuredTo: new Map(),
  passed: new Map(),
});
