import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';

/** Errors that say "this process ended" or "this is not yours to read", and nothing about us. */
const EXPECTED = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'EINVAL']);

const attempt = <T>(look: () => T): T | null => {
  try {
    return look();
  } catch (error) {
    if (EXPECTED.has(errorCode(error) ?? '')) return null;
    throw error;
  }
};

/** Reads below a /proc tree; `null` for what ended or is protected. Other errors, such as EMFILE, are thrown. */
export interface ProcFiles {
  readonly text: (path: string) => string | null;
  readonly link: (path: string) => string | null;
  readonly list: (path: string) => readonly string[] | null;
}

/** Opens a /proc tree for reading. */
export const procFiles = (root: string): ProcFiles => ({
  text: (path) => attempt(() => readFileSync(`${root}/${path}`, 'utf8')),
  link: (path) => attempt(() => readlinkSync(`${root}/${path}`)),
  list: (path) => attempt(() => readdirSync(`${root}/${path}`)),
});
