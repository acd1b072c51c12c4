import { closeSync, constants, existsSync, fchmodSync, fstatSync, ftruncateSync, openSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { cutFile } from '../exact/cut.ts';
import { markSize } from '../files/hold-file.ts';
import type { LogFile } from '../files/log-file.ts';
import { copyRange, unfinishedLine } from '../files/read-write.ts';
import type { LogContext } from '../log-context.ts';
import { forgetStarts } from './forget-starts.ts';
import { copyInProgress } from './rotated-files.ts';

/** What is left to be copied while the writers rest takes less than a millisecond. */
const SMALL_REST = 262_144;
const CATCH_UPS = 3;
/** After so many refusals a log that is so much too long is emptied while its writers write. */
const MOST_REFUSALS = 5;

/** The same file whatever became of its path, where the system can name it. */
const pathOf = ({ descriptor, path }: LogFile): string => {
  const own = `/proc/self/fd/${descriptor}`;
  return existsSync(own) ? own : path;
};

const copyMost = async (file: LogFile, copy: string): Promise<number> => {
  rmSync(copy, { force: true });
  await copyFile(pathOf(file), copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const target = openSync(copy, constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW);
  fchmodSync(target, 0o600);
  return target;
};

const copyRest = (file: LogFile, target: number, isEnough: (rest: number) => boolean): number => {
  let { size: copied } = fstatSync(target);
  for (let round = 0; round < CATCH_UPS; round += 1) {
    const { size } = fstatSync(file.descriptor);
    if (isEnough(size - copied)) break;
    copied = copyRange(file.descriptor, target, copied, size);
  }
  return copied;
};

/** While the writers rest, or must be taken as they are. */
const empty = (context: LogContext, file: LogFile, target: number, retain: number): void => {
  const { path, inode, descriptor } = file;
  const size = copyRest(file, target, (rest) => rest <= 0);
  const tail = unfinishedLine(descriptor, size);
  const end = size - tail.length;
  if (end <= 0 || fstatSync(descriptor).size < size) return;
  ftruncateSync(target, end);
  markSize(context, file, end, context.now(), true);
  const rotated = { copy: copyInProgress(path), log: path, retain };
  const cut = { path, inode, size, base: 0, tail: tail.toString('base64'), rotated, source: null };
  const isDone = cutFile(context.slots.cut, descriptor, cut, () => {
    Object.assign(file, { seen: tail.length, seenAt: context.uptime() });
    markSize(context, file, tail.length, context.now(), true);
    forgetStarts(context, file);
  });
  if (isDone) Object.assign(file, { rotatedAt: context.uptime(), isPacked: false });
};

const restFor = (context: LogContext, file: LogFile, maxBytes: number): (() => void) | null => {
  const resume = context.pauser.pause([...file.direct.values()]);
  file.refusals = resume === null ? file.refusals + 1 : 0;
  if (resume !== null) return resume;
  if (file.refusals <= MOST_REFUSALS || fstatSync(file.descriptor).size < 2 * maxBytes) return null;
  context.problems.tell(
    `${file.path} pause`,
    `Processes that write ${file.path} could not be stopped for an instant. Lines may be lost where it is rotated.`,
  );
  return () => {};
};

/**
 * Rotates a log that living processes write to, without losing, doubling or tearing a line: most is copied while they go
 * on, the rest while they are stopped for an instant. `false` when it was not done. Throws the system's error.
 */
export const rotateLive = async (
  context: LogContext,
  file: LogFile,
  spec: { retain: number; maxBytes: number },
): Promise<boolean> => {
  const copy = copyInProgress(file.path);
  const { inode, rotatedAt } = file;
  const target = await copyMost(file, copy);
  try {
    if (context.closed || file.inode !== inode || file.rotatedAt !== rotatedAt) return false;
    copyRest(file, target, (rest) => rest <= SMALL_REST);
    const resume = restFor(context, file, spec.maxBytes);
    if (resume === null) return false;
    try {
      empty(context, file, target, spec.retain);
    } finally {
      resume();
    }
    return file.rotatedAt !== rotatedAt;
  } finally {
    closeSync(target);
    rmSync(copy, { force: true });
  }
};
