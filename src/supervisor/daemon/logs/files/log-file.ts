import type { RotationSpec } from '../../../../model/service.ts';
import type { Writers } from '../log-service.ts';
import type { LineFormat } from '../pump/format-lines.ts';

/** Whose a log is, besides ours; `null` parts are ours. */
export interface Owner {
  readonly uid: number | null;
  readonly gid: number | null;
}

/** A file at a configured path, as it is looked after. */
export interface LogFile {
  readonly path: string;
  readonly owner: Owner;
  rotation: RotationSpec | null;
  /** For reading and appending. */
  descriptor: number;
  inode: number;
  /** Size at the last look. */
  seen: number;
  /** When that was, on the clock that never jumps. */
  seenAt: number;
  /** Bytes a millisecond between the last two looks. */
  rate: number;
  /** Milliseconds until the next look after one that saw no growth. */
  patience: number;
  /** Services that write to it themselves, by id. */
  readonly direct: Map<number, Writers>;
  /** Files that were at this path, are written to still, and are passed on to the one that is there now. */
  readonly strays: Tap[];
  /** Copying for a rotation is under way. */
  rotating: boolean;
  /** How often in a row its writers could not be brought to rest. */
  refusals: number;
  /** No rotation before this, on the clock that never jumps. */
  retryAt: number;
  /** When it was last rotated, on the clock that never jumps. */
  rotatedAt: number;
  /** Nothing rotated waits for its compression. */
  isPacked: boolean;
}

/** A file that is passed on, line by line. */
export interface Source {
  /** Its name in the journal. */
  readonly key: string;
  /** Of a spool, which goes when it was passed on; `null` for what is not ours to remove. */
  readonly path: string | null;
  readonly descriptor: number;
  readonly inode: number;
  /** What stands before here is not passed on. */
  readonly base: number;
  offset: number;
  mid: boolean;
  /** Its size when there last was nothing to pass on. */
  looked: number;
  /** Since when its run is over, on the clock that never jumps; `null` while it goes on. */
  endedAt: number | null;
}

/** Passes on what is written to one file, and to those after it, into others. */
export interface Tap {
  readonly key: string;
  /** The oldest first. */
  readonly sources: Source[];
  readonly format: LineFormat;
  readonly sinks: readonly LogFile[];
  /** Services that write to the last source, by id. */
  readonly members: Map<number, Writers>;
  /** Milliseconds until the next look. */
  pauseMs: number;
}
