import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Endings under which a rotated part lies. */
const ENDINGS = ['', '.gz'];

/** Where a part is copied to before it has its name. A leading dot keeps it from what looks for logs. */
export const copyInProgress = (log: string): string => join(dirname(log), `.${basename(log)}.rotating`);

/** Where a part is compressed to before it has its name. */
export const compressionInProgress = (log: string): string => join(dirname(log), `.${basename(log)}.compressing`);

/** The files of the part with a number, newest 1. A compressed part is whole, so one that is there twice counts once. */
export const partFiles = (log: string, number: number): readonly string[] =>
  ENDINGS.map((ending) => `${log}.${number}${ending}`).filter((file) => existsSync(file));

const removePart = (log: string, number: number): boolean => {
  const files = partFiles(log, number);
  for (const file of files) rmSync(file, { force: true });
  return files.length > 0;
};

const oneOf = (log: string, number: number): string | null => {
  const [plain, compressed] = partFiles(log, number);
  if (plain !== undefined && compressed !== undefined) rmSync(plain, { force: true });
  return compressed ?? plain ?? null;
};

/**
 * Makes room for a new part with the number 1: each goes one further, up to the first gap, and what is more than
 * `retain` goes. Done twice, or after it was interrupted, it moves nothing twice.
 */
export const shiftRotated = (log: string, retain: number): void => {
  for (let number = retain + 1; removePart(log, number);) number += 1;
  let gap = 1;
  while (gap < retain && oneOf(log, gap) !== null) gap += 1;
  removePart(log, gap);
  for (let number = gap - 1; number >= 1; number -= 1) {
    const file = oneOf(log, number);
    if (file !== null) renameSync(file, `${log}.${number + 1}${file.slice(`${log}.${number}`.length)}`);
  }
};

/** How many parts there are in a row. */
export const countRotated = (log: string): number => {
  let count = 0;
  while (partFiles(log, count + 1).length > 0) count += 1;
  return count;
};

/** Removes the oldest part; `false` when there is none. */
export const dropOldest = (log: string): boolean => removePart(log, Math.max(1, countRotated(log)));

/** Removes every part, and what was left of one in the making. */
export const dropRotated = (log: string): void => {
  while (dropOldest(log));
  rmSync(copyInProgress(log), { force: true });
  rmSync(compressionInProgress(log), { force: true });
};

/** Bytes of a part. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
