import { readFileSync } from 'node:fs';
import { errorCode } from '../util/error-code.ts';

const NOTHING_THERE: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES']);

/** The text of a file; `null` where there is none to be read. */
export const readTextIfAny = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (NOTHING_THERE.has(errorCode(error))) return null;
    throw error;
  }
};
