import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { didYouMean } from '../../util/did-you-mean.ts';
import { isFolder } from './find-program.ts';

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    // What cannot be listed has nothing to propose.
    return [];
  }
};

const withoutEnding = (name: string): string => name.replace(/\.[^.]+$/, '');

/** The name beside a missing one that was probably meant: nearly the same, or with another ending. */
const siblingOf = (path: string): string | null => {
  const name = basename(path);
  const names = namesIn(dirname(path));
  return names.find((other) => withoutEnding(other) === name) ?? didYouMean(name, names);
};

const firstMissing = (path: string): string => {
  for (let missing = path; ; missing = dirname(missing))
    if (dirname(missing) === missing || isFolder(dirname(missing))) return missing;
};

/** What to say of a path where nothing is: the folder that is missing already, or what was probably meant. */
export const missingPath = (path: string): string => {
  const missing = firstMissing(path);
  const sibling = siblingOf(missing);
  const meant = sibling === null ? '' : `; did you mean ${join(dirname(missing), sibling)}?`;
  return missing === path ? `there is no ${path}${meant}` : `there is no ${path}, not even ${missing}${meant}`;
};
