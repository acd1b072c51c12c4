import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { dropOldest } from './rotated-files.ts';

const LEAST_BYTES = 1_048_576;

/** How a disk stands to a log. */
interface Room {
  readonly free: number;
  /** What should stay free for others. On a small disk less. */
  readonly margin: number;
}

const roomFor = (log: string): Room => {
  const { bavail, bsize, blocks } = statfsSync(dirname(log));
  return { free: bavail * bsize, margin: Math.min(LEAST_BYTES, (blocks * bsize) / 8) };
};

/** Would a log of this size and the copy of it leave too little of its disk? */
export const isTight = (log: string, size: number): boolean => {
  const { free, margin } = roomFor(log);
  return free < Math.max(2 * size, margin);
};

/**
 * Removes rotated parts, the oldest first, until so many bytes and a margin are free. Never the log itself. `false` when
 * not even the bytes are.
 */
export const makeRoom = (log: string, bytes: number): boolean => {
  let room = roomFor(log);
  while (room.free < bytes + room.margin && dropOldest(log)) room = roomFor(log);
  return room.free >= bytes;
};
