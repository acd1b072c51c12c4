import { fstatSync, readSync, type Stats } from 'node:fs';
import { followPath, inodeAt, markSize, releaseFile, writtenAt } from './files/hold-file.ts';
import type { LogFile, Tap } from './files/log-file.ts';
import { reasonOf } from './files/open-log.ts';
import type { LogContext } from './log-context.ts';
import { leaveStray } from './pump/stray.ts';
import { runTap } from './pump/turn-tap.ts';
import { rotateIfDue } from './rotation/rotate.ts';

/** While a log grows. */
const BUSY_MS = 250;
const SHORTEST_MS = 20;
/** What a program says first, it says at once. */
const FIRST_MS = 30;
/** Then it is the tick's turn. */
const IDLE_MS = 2_000;
/** A quiet log that somebody moved or emptied loses nothing meanwhile: whatever is written then makes it grow. */
const QUIET_MS = 19_500;
/** Some of the way to the size at which it is rotated, since it may grow faster. */
const PART_OF_WAY = 0.5;

const nextLook = ({ rotation, seen, rate }: LogFile): number => {
  if (rotation === null || rate <= 0) return BUSY_MS;
  return Math.max(SHORTEST_MS, Math.min(BUSY_MS, ((rotation.maxBytes - seen) / rate) * PART_OF_WAY));
};

const planLook = (context: LogContext, file: LogFile, delayMs: number): void =>
  context.scheduler.plan(file.path, delayMs, () => lookAt(context, file));

/** One that does not grow is looked at less and less often, and then only at each tick. */
const planNext = (context: LogContext, file: LogFile, growth: number): void => {
  if (file.direct.size === 0) return;
  if (growth !== 0) {
    // How fast it grows is not known before it was looked at twice since it began to.
    const delayMs = file.patience === BUSY_MS ? nextLook(file) : FIRST_MS;
    file.patience = BUSY_MS;
    planLook(context, file, delayMs);
  } else if (file.patience < IDLE_MS) {
    planLook(context, file, file.patience);
    file.patience *= 2;
  }
};

/** Begins to look at a log that is written to from now on. */
export const beginLooks = (context: LogContext, file: LogFile): void => {
  file.patience = FIRST_MS;
  planNext(context, file, 0);
};

/** Passes on what comes to a stray, until nothing can come any more. */
export const runStray = (context: LogContext, file: LogFile, tap: Tap): void =>
  runTap(context, tap, (isDone) => {
    if (isDone) file.strays.splice(file.strays.indexOf(tap), 1);
    lookAtSink(context, file);
    if (isDone) releaseFile(context, file);
  });

/** After something was passed on to it. */
export const lookAtSink = (context: LogContext, file: LogFile): void => {
  const { size } = fstatSync(file.descriptor);
  const isGrowing = size > file.seen;
  // We look after each batch: nothing has to be foreseen.
  Object.assign(file, { seen: size, rate: 0 });
  rotateIfDue(context, file, size, isGrowing, () => releaseFile(context, file));
};

const take = (context: LogContext, file: LogFile, stat: Stats): number => {
  const now = context.uptime();
  const growth = stat.size - file.seen;
  file.rate = file.direct.size === 0 ? 0 : Math.max(0, growth) / Math.max(1, now - file.seenAt);
  file.seen = stat.size;
  file.seenAt = now;
  markSize(context, file, stat.size, writtenAt(context, stat), false);
  return growth;
};

/** Did somebody move or remove the log that services write to? */
const isGone = (file: LogFile): boolean => file.direct.size > 0 && !file.rotating && inodeAt(file.path) !== file.inode;

const look = (context: LogContext, file: LogFile): void => {
  if (isGone(file)) {
    runStray(context, file, leaveStray(context, file));
    return;
  }
  followPath(context, file);
  const growth = take(context, file, fstatSync(file.descriptor));
  const again = (): void => {
    if (!context.closed) planLook(context, file, SHORTEST_MS);
  };
  rotateIfDue(context, file, file.seen, growth > 0, again);
  planNext(context, file, growth);
};

/** Looks what became of a log since the last look, and does what that asks for. */
export const lookAt = (context: LogContext, file: LogFile): void => {
  const trouble = `${file.path} look`;
  try {
    look(context, file);
    context.problems.over(trouble);
  } catch (error) {
    context.problems.tell(trouble, `${file.path}: ${reasonOf(error)}. What its service writes is kept aside.`);
  }
};

const nextByte = Buffer.alloc(1);

/** To read where nothing is yet takes a tenth of asking for all that is known of a file. */
const hasGrown = ({ descriptor, seen }: LogFile): boolean => {
  try {
    return readSync(descriptor, nextByte, 0, nextByte.length, seen) > 0;
  } catch {
    // The closer look tells what is wrong.
    return true;
  }
};

const isQuiet = (context: LogContext, file: LogFile): boolean =>
  file.patience >= IDLE_MS &&
  !file.rotating &&
  file.refusals === 0 &&
  context.uptime() - file.seenAt < QUIET_MS &&
  !hasGrown(file);

/** Looks at a log at each tick, and closely only when there may be something to see. */
export const lookNowAndThen = (context: LogContext, file: LogFile): void => {
  if (!isQuiet(context, file)) lookAt(context, file);
};
