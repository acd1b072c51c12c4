import { closeSync, constants, existsSync, fstatSync, ftruncateSync, openSync, renameSync, rmSync } from 'node:fs';
import { findDescriptor } from '../files/find-descriptor.ts';
import { writeAt } from '../files/read-write.ts';
import { shiftRotated } from '../rotation/rotated-files.ts';
import type { Slot } from './slot.ts';

/** A file from whose middle everything was taken over elsewhere, and is now taken out. */
export interface Cut {
  /** What the file is called, if it has a name. */
  readonly path: string | null;
  readonly inode: number;
  /** Its size before, while its writers rest. */
  readonly size: number;
  /** What stands before here stays. */
  readonly base: number;
  /** The beginning of a line, in base64, that stays for its rest. */
  readonly tail: string;
  /** The copy that becomes the newest rotated part; `null` for none. */
  readonly rotated: { readonly copy: string; readonly log: string; readonly retain: number } | null;
  /** The source whose reading goes on at `base`; `null` for none. */
  readonly source: string | null;
}

/** A descriptor that writes where it is told: on Linux one for appending does not. */
const withPositions = (descriptor: number, use: (positional: number) => void): void => {
  const own = `/proc/self/fd/${descriptor}`;
  if (!existsSync(own)) return use(descriptor);
  const positional = openSync(own, constants.O_RDWR);
  try {
    use(positional);
  } finally {
    closeSync(positional);
  }
};

/** Writing the tail first and cutting then can be done twice: until the cut, the size tells that it is to be done. */
const takeOut = (descriptor: number, { base, tail }: Cut): void => {
  const rest = Buffer.from(tail, 'base64');
  if (rest.length > 0) withPositions(descriptor, (positional) => writeAt(positional, rest, base));
  ftruncateSync(descriptor, base + rest.length);
};

const nameCopy = ({ rotated }: Cut): void => {
  if (rotated === null || !existsSync(rotated.copy)) return;
  const { copy, log, retain } = rotated;
  if (retain === 0) return rmSync(copy);
  shiftRotated(log, retain);
  renameSync(copy, `${log}.1`);
};

/**
 * Empties a file whose writers rest, and names the copy of what was in it. `after` runs when that is done, and still
 * belongs to it. `false` with nothing changed when the slot has no room. Throws the system's error.
 */
export const cutFile = (slot: Slot, descriptor: number, cut: Cut, after: () => void): boolean => {
  if (!slot.write(cut)) return false;
  try {
    nameCopy(cut);
  } catch (error) {
    slot.clear();
    throw error;
  }
  takeOut(descriptor, cut);
  try {
    after();
  } finally {
    slot.clear();
  }
  return true;
};

const isCut = (value: unknown): value is Cut =>
  typeof value === 'object' && value !== null && 'inode' in value && 'base' in value && 'tail' in value;

const dropCopy = ({ rotated }: Cut): void => {
  if (rotated !== null) rmSync(rotated.copy, { force: true });
};

/** Its writers rest since then, unless somebody else let them go on: then the file has grown, and nothing is taken out. */
const finish = (descriptor: number, cut: Cut): boolean => {
  const { size } = fstatSync(descriptor);
  if (size > cut.size) {
    dropCopy(cut);
    return false;
  }
  nameCopy(cut);
  if (size === cut.size) takeOut(descriptor, cut);
  return true;
};

/**
 * Ends what a sudden end interrupted, before the writers go on. Gives the source whose reading goes on at `base`; `null`
 * when none does.
 */
export const recoverCut = (
  slot: Slot,
  pids: readonly number[],
): { readonly source: string; readonly base: number } | null => {
  const cut = slot.read();
  if (!isCut(cut)) return null;
  const descriptor = findDescriptor(cut.inode, cut.path === null ? [] : [cut.path], pids);
  try {
    // Without the file there is nothing to take out, and the copy is all that is left of it.
    if (descriptor === null) nameCopy(cut);
    const done = descriptor !== null && finish(descriptor, cut);
    return done && cut.source !== null ? { source: cut.source, base: cut.base } : null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
    slot.clear();
  }
};
