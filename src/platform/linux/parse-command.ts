import type { ObservedPath } from '../../model/process.ts';

const DELETED = ' (deleted)';

/**
 * Reads the NUL-separated /proc/PID/cmdline. A program that wrote a title over its
 * arguments leaves trailing NULs, which are no empty arguments.
 */
export const parseCommandLine = (text: string): readonly string[] => {
  const trimmed = text.replace(/\0+$/, '');
  return trimmed === '' ? [] : trimmed.split('\0');
};

/** Reads the target of /proc/PID/{cwd,exe}, which the kernel marks when the file is gone. */
export const parseObservedPath = (target: string): ObservedPath =>
  target.endsWith(DELETED)
    ? { path: target.slice(0, -DELETED.length), deleted: true }
    : { path: target, deleted: false };
