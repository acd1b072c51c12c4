import type { Clock } from '../../model/clock.ts';
import type { Wanted } from './line-filter.ts';
import type { Calendar } from './place-in-time.ts';
import type { IndexEntry, LineShape, LogSource, ViewedLine } from './types.ts';
import type { Walk } from './walk-back.ts';

/** What to view, and all of the world that viewing needs. */
export interface View {
  readonly sources: readonly LogSource[];
  readonly wanted: Wanted;
  readonly shape: LineShape;
  readonly walk: Walk;
  /** Go on with what is written from now on? */
  readonly follow: boolean;
  readonly calendar: Calendar;
  readonly clock: Clock;
  /** Moments at which a log was so long, the oldest first; none when nobody noted them. */
  readonly indexOf: (path: string) => readonly IndexEntry[];
  /** Logs that have come since it was last asked. */
  readonly added: () => readonly LogSource[];
  /** Takes lines in their order; `false` when nobody reads any more. */
  readonly show: (lines: readonly ViewedLine[]) => boolean;
  readonly stopped: () => boolean;
  /** Told of each file that could not be read, or not to its end. */
  readonly onTrouble: (path: string, why: string) => void;
}
