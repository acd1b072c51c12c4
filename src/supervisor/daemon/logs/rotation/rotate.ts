import { fstatSync } from 'node:fs';
import type { RotationSpec } from '../../../../model/service.ts';
import type { LogFile } from '../files/log-file.ts';
import { reasonOf } from '../files/open-log.ts';
import type { LogContext } from '../log-context.ts';
import { isTight, makeRoom } from './make-room.ts';
import { canBeRenamed, rotateByName } from './rotate-by-name.ts';
import { rotateLive } from './rotate-live.ts';

/** The time until the next look at a growing log, and until it is copied then. */
const SOON_MS = 30;
const TOLERANCE = 1.05;
/** Smaller ones are not worth a rotation, however full the disk is. */
const LEAST_BYTES = 65_536;
const AFTER_FAILURE_MS = 5_000;
const AFTER_REFUSAL_MS = 100;

const isLong = ({ rate }: LogFile, size: number, { maxBytes }: RotationSpec): boolean =>
  size >= maxBytes || (size > maxBytes / 2 && size + rate * SOON_MS > maxBytes * TOLERANCE);

const isOld = (context: LogContext, { path }: LogFile, { maxAgeMs }: RotationSpec): boolean => {
  if (maxAgeMs === null) return false;
  const now = context.now();
  return now - (context.indexes.since(path) ?? now) >= maxAgeMs;
};

/** Is it too long, too old, or does its disk fill up? */
const isRotationDue = (context: LogContext, file: LogFile, size: number, isGrowing: boolean): boolean => {
  const { rotation, path, rotating, retryAt } = file;
  if (rotation === null || rotating || size === 0 || context.uptime() < retryAt) return false;
  if (isLong(file, size, rotation) || isOld(context, file, rotation)) return true;
  return isGrowing && size >= LEAST_BYTES && isTight(path, size);
};

const isSimple = (file: LogFile): boolean => file.direct.size === 0 && canBeRenamed(file);

const tellFailure = (context: LogContext, file: LogFile, error: unknown): void => {
  file.retryAt = context.uptime() + AFTER_FAILURE_MS;
  context.problems.tell(`${file.path} rotation`, `${file.path} could not be rotated: ${reasonOf(error)}`);
};

const runLive = async (context: LogContext, file: LogFile, rotation: RotationSpec): Promise<void> => {
  try {
    const isDone = await rotateLive(context, file, rotation);
    if (isDone) context.problems.over(`${file.path} rotation`);
    else file.retryAt = context.uptime() + AFTER_REFUSAL_MS * Math.max(1, file.refusals);
  } catch (error) {
    tellFailure(context, file, error);
  } finally {
    file.rotating = false;
  }
};

/** Rotates at once a log to which nobody writes. */
const rotateNow = (context: LogContext, file: LogFile, rotation: RotationSpec): void => {
  try {
    rotateByName(context, file, rotation.retain);
    context.problems.over(`${file.path} rotation`);
  } catch (error) {
    tellFailure(context, file, error);
  }
};

/** Rotates a log at the start of a run, which costs nothing, when it is due and nobody writes to it. */
export const rotateAtStart = (context: LogContext, file: LogFile): void => {
  const { size } = fstatSync(file.descriptor);
  if (file.rotation === null || file.strays.length > 0 || !isRotationDue(context, file, size, false)) return;
  if (isSimple(file)) rotateNow(context, file, file.rotation);
};

/** Rotates a log if that is due. `afterwards` runs when a rotation that takes time is over. */
export const rotateIfDue = (
  context: LogContext,
  file: LogFile,
  size: number,
  isGrowing: boolean,
  afterwards: () => void,
): void => {
  const { rotation, path } = file;
  if (rotation === null || !isRotationDue(context, file, size, isGrowing)) return;
  if (context.compressing?.log === path) context.compressing.stop.abort();
  const simple = isSimple(file);
  if (!makeRoom(path, simple || rotation.retain === 0 ? 0 : size)) {
    return tellFailure(context, file, new Error('its disk has no room for a copy'));
  }
  if (simple) return rotateNow(context, file, rotation);
  file.rotating = true;
  void runLive(context, file, rotation).then(afterwards);
};
