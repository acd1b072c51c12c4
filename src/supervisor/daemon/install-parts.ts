import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../util/error-code.ts';
import type { Home } from '../state/home.ts';
import { writePrivate } from '../state/write-private.ts';

/** What services need of this package to start. */
export interface Parts {
  readonly shim: string;
  readonly guard: string;
}

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

/** A shell reads on in the file that it opened, so a new version takes the name and never the place of an old one. */
const install = (from: string, to: string): string => {
  const text = readFileSync(from, 'utf8');
  if (textOf(to) !== text) writePrivate(to, text, false);
  return to;
};

/** Puts what services need into the home: the package may be gone, as after npx, when a service starts again. */
export const installParts = (home: Home, packageRoot: string): Parts => {
  const from = join(packageRoot, 'dist', 'supervisor');
  return {
    shim: install(join(from, 'shim.sh'), join(home.run, 'shim.sh')),
    guard: install(join(from, 'guard.cjs'), join(home.run, 'guard.cjs')),
  };
};
