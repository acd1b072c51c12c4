import { closeSync, constants, fstatSync, statSync, type Stats } from 'node:fs';
import type { RotationSpec } from '../../../../model/service.ts';
import type { LogContext } from '../log-context.ts';
import type { LogFile, Owner } from './log-file.ts';
import { openLog } from './open-log.ts';

/** Marks closer than this tell readers nothing more. */
const MARK_EVERY_MS = 200;

/** Writes down how long a file is, unless that is known, or was written down just now. */
export const markSize = (context: LogContext, file: LogFile, size: number, at: number, always: boolean): void => {
  const { path, inode } = file;
  const last = context.indexes.last(path);
  if (last !== null && last.inode === inode && last.offset === size) return;
  const isNews = last === null || last.inode !== inode || size < last.offset;
  if (isNews && last === null && size === 0) return;
  if (always || isNews || at - last.at >= MARK_EVERY_MS) context.indexes.mark(path, { at, inode, offset: size });
};

/** When the last bytes of a file were written, as far as its system and our clock agree. */
export const writtenAt = (context: LogContext, { mtimeMs }: Stats): number =>
  Math.min(context.now(), Math.ceil(mtimeMs));

/** Takes a descriptor as that of the file at a path. */
export const useDescriptor = (context: LogContext, file: LogFile, descriptor: number): void => {
  const stat = fstatSync(descriptor);
  file.descriptor = descriptor;
  file.inode = stat.ino;
  file.seen = stat.size;
  file.seenAt = context.uptime();
  markSize(context, file, stat.size, writtenAt(context, stat), true);
};

/** The inode at a path; `null` when nothing is there that can be looked at. */
export const inodeAt = (path: string): number | null => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
  } catch {
    // A folder above it is gone or closed to us, which is the same for who asks.
    return null;
  }
};

/** Opens what is at the path of a file now, or creates it. Throws with the old one still in use. */
export const reopen = (context: LogContext, file: LogFile): void => {
  const descriptor = openLog(file.path, constants.O_RDWR, file.owner);
  const old = file.descriptor;
  useDescriptor(context, file, descriptor);
  closeSync(old);
};

/** Nobody but us writes to it: it may be replaced at any time. */
const isOursAlone = ({ direct, rotating }: LogFile): boolean => direct.size === 0 && !rotating;

/** Makes sure that what we write goes to what is at the path, whatever a person did to it. */
export const followPath = (context: LogContext, file: LogFile): void => {
  if (isOursAlone(file) && inodeAt(file.path) !== file.inode) reopen(context, file);
};

/** Looks after the file at a path from now on. */
export const holdFile = (context: LogContext, path: string, owner: Owner, rotation: RotationSpec | null): LogFile => {
  const held = context.files.get(path);
  if (held !== undefined) {
    held.rotation = rotation;
    followPath(context, held);
    return held;
  }
  const file: LogFile = {
    path,
    owner,
    rotation,
    descriptor: -1,
    inode: 0,
    seen: 0,
    seenAt: 0,
    rate: 0,
    patience: 0,
    direct: new Map(),
    strays: [],
    rotating: false,
    refusals: 0,
    retryAt: 0,
    rotatedAt: Number.NEGATIVE_INFINITY,
    isPacked: false,
  };
  useDescriptor(context, file, openLog(path, constants.O_RDWR, owner));
  context.files.set(path, file);
  return file;
};

/** Lets go of a file that nobody writes to any more. */
export const releaseFile = (context: LogContext, file: LogFile): void => {
  const isSink = [...context.taps.values()].some(({ sinks }) => sinks.includes(file));
  if (isSink || file.direct.size > 0 || file.strays.length > 0 || file.rotating) return;
  context.files.delete(file.path);
  context.scheduler.cancel(file.path);
  closeSync(file.descriptor);
};
