import { readFileSync } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';
import type { Home } from '../state/home.ts';
import { decodeLogMarks, logIndexPath } from '../state/log-index.ts';
import type { IndexEntry } from './types.ts';

/** When a log was how long, the oldest first, as far as it was noted. Without it times of lines are less well known. */
export const readIndex = (home: Home, logPath: string): readonly IndexEntry[] => {
  try {
    return decodeLogMarks(readFileSync(logIndexPath(home, logPath)));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EACCES') return [];
    throw error;
  }
};
