import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Home } from './home.ts';

/**
 * The index of a log tells when its lines were written: the log itself is written by the service, and says nothing of
 * that. It is a list of marks in the order of time. Each says that at a moment the file was so long; a line was written
 * between the last mark at or before its first byte and the first mark after it, at most a quarter of a second apart
 * while somebody looks. A mark with another inode, or with a smaller length than the one before it, begins a new run:
 * the log was rotated, emptied or replaced. Marks of rotated parts stay while there is room: the last run is that of the
 * log, the one before it that of its newest rotated part.
 *
 * On disk each mark has 24 bytes: three doubles, little-endian. Bytes at the end that make no whole mark count for
 * nothing.
 */
export interface LogMark {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly inode: number;
  /** Bytes that the log had then. */
  readonly offset: number;
}

/** Bytes of one mark. */
export const LOG_MARK_BYTES = 24;

/** What is noted of logs has a folder of its own: the one above it is watched, and would wake its watcher at each note. */
export const logNotesFolder = ({ run }: Home): string => join(run, 'logs');

/** Where the index of a log lies. It is beside no log, since a configured folder may belong to somebody else. */
export const logIndexPath = (home: Home, logFile: string): string =>
  join(logNotesFolder(home), `${createHash('sha256').update(logFile).digest('hex').slice(0, 20)}.idx`);

/** A mark as it is written. */
export const encodeLogMark = ({ at, inode, offset }: LogMark): Buffer => {
  const bytes = Buffer.allocUnsafe(LOG_MARK_BYTES);
  bytes.writeDoubleLE(at, 0);
  bytes.writeDoubleLE(inode, 8);
  bytes.writeDoubleLE(offset, 16);
  return bytes;
};

/** The marks of an index, oldest first. */
export const decodeLogMarks = (bytes: Buffer): readonly LogMark[] =>
  Array.from({ length: Math.floor(bytes.length / LOG_MARK_BYTES) }, (_, place) => {
    const start = place * LOG_MARK_BYTES;
    return {
      at: bytes.readDoubleLE(start),
      inode: bytes.readDoubleLE(start + 8),
      offset: bytes.readDoubleLE(start + 16),
    };
  });

/** Does this mark begin a new run? */
export const beginsRun = (mark: LogMark, before: LogMark | null): boolean =>
  before === null || mark.inode !== before.inode || mark.offset < before.offset;
