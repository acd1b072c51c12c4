import { existsSync, fstatSync, ftruncateSync, lstatSync, renameSync } from 'node:fs';
import { markSize, reopen } from '../files/hold-file.ts';
import type { LogFile } from '../files/log-file.ts';
import type { LogContext } from '../log-context.ts';
import { forgetStarts } from './forget-starts.ts';
import { shiftRotated } from './rotated-files.ts';

/** A link would be moved instead of the log. */
export const canBeRenamed = ({ path }: LogFile): boolean => existsSync(path) && !lstatSync(path).isSymbolicLink();

const moveAway = (path: string, retain: number): void => {
  shiftRotated(path, retain);
  renameSync(path, `${path}.1`);
};

/** Rotates a log to which nobody but us writes: it gets another name, and a new one takes its place. */
export const rotateByName = (context: LogContext, file: LogFile, retain: number): void => {
  markSize(context, file, fstatSync(file.descriptor).size, context.now(), true);
  if (retain === 0) ftruncateSync(file.descriptor, 0);
  else moveAway(file.path, retain);
  reopen(context, file);
  forgetStarts(context, file);
  Object.assign(file, { rotatedAt: context.uptime(), isPacked: false });
};
