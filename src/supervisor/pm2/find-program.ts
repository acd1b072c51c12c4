import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';

/** Where a shell looks without a PATH. */
const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Is there a file of any kind but a folder? */
export const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    // Not there, or not to be seen: either way there is nothing to run.
    return false;
  }
};

export const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    // As above.
    return false;
  }
};

/** May this user run this file? */
export const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    // As above.
    return false;
  }
};

/** Finds a program by its name among the folders of a PATH; folders that are not absolute count from `cwd`. */
export const findProgram = (name: string, path: string | undefined, cwd: string): string | null =>
  (path ?? USUAL_PATH)
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => resolve(cwd, folder, name))
    .find(isExecutable) ?? null;

/** Finds a program that a package of the project brings, in the nearest folder upward that has it. */
export const findLocalProgram = (name: string, from: string): string | null => {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', '.bin', name);
    if (isExecutable(found)) return found;
    if (dirname(folder) === folder) return null;
  }
};

/** A path as it is meant: `~/` is the home folder, and other paths count from a folder. */
export const absolutePath = (path: string, from: string, home: string | undefined): string =>
  home !== undefined && isAbsolute(home) && (path === '~' || path.startsWith('~/'))
    ? join(home, path.slice(1))
    : resolve(from, path);
