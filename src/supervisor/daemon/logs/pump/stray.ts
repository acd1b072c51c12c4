import { constants, fstatSync } from 'node:fs';
import { useDescriptor } from '../files/hold-file.ts';
import type { LogFile, Source, Tap } from '../files/log-file.ts';
import { openLog } from '../files/open-log.ts';
import type { LogContext } from '../log-context.ts';
import type { Writers } from '../log-service.ts';
import { rawLines } from './format-lines.ts';

/** The name of a stray in the journal. */
export const strayKey = (path: string, inode: number): string => `stray ${inode} ${path}`;

/**
 * A file that was at a path and is written to still. One that was moved away keeps what it had when that was noticed.
 * One that was removed is passed on from where it was last looked at: what came later, nobody can have seen there.
 */
const sourceOf = (context: LogContext, key: string, descriptor: number, seen: number): Source => {
  const { nlink, size, ino: inode } = fstatSync(descriptor);
  const known = context.journal.state.sources.get(key);
  const isKnown = known?.inode === inode;
  const isRemoved = nlink === 0;
  return {
    key,
    path: null,
    descriptor,
    inode,
    base: isKnown ? known.base : isRemoved ? 0 : size,
    offset: isKnown ? known.offset : isRemoved ? Math.min(seen, size) : size,
    mid: isKnown && known.mid,
    looked: -1,
    endedAt: null,
  };
};

/** Passes on from now on what is written to a file that is no longer at its path. */
export const addStray = (
  context: LogContext,
  file: LogFile,
  stray: { readonly descriptor: number; readonly seen: number; readonly members: ReadonlyMap<number, Writers> },
): Tap => {
  const { ino } = fstatSync(stray.descriptor);
  const key = strayKey(file.path, ino);
  const source = sourceOf(context, key, stray.descriptor, stray.seen);
  const { inode, offset, base, mid } = source;
  context.journal.note({ source: key, mark: { inode, offset, base, mid }, outputs: [] });
  const tap: Tap = {
    key,
    sources: [source],
    format: rawLines,
    sinks: [file],
    members: new Map(stray.members),
    pauseMs: 0,
  };
  file.strays.push(tap);
  return tap;
};

/** Puts a new file at a path from which the old one is gone, and makes the old one a stray. Throws with nothing changed. */
export const leaveStray = (context: LogContext, file: LogFile): Tap => {
  const descriptor = openLog(file.path, constants.O_RDWR, file.owner);
  const tap = addStray(context, file, { descriptor: file.descriptor, seen: file.seen, members: file.direct });
  file.direct.clear();
  useDescriptor(context, file, descriptor);
  return tap;
};
