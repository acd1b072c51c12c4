import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { errorCode } from '../../util/error-code.ts';
import type { Home } from '../state/home.ts';
import { writePrivate } from '../state/write-private.ts';

/** The secret that tells this user's commands; `null` before the first daemon made it. */
export const readToken = ({ token }: Home): string | null => {
  try {
    return readFileSync(token, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

/** The secret of a home, made where there is none. Only who holds the lock may ask. */
export const ensureToken = (home: Home): string => {
  const known = readToken(home);
  if (known !== null && known !== '') return known;
  const token = randomBytes(24).toString('hex');
  writePrivate(home.token, `${token}\n`, false);
  return token;
};

/** Compares two secrets in a time that tells nothing. */
export const isSameToken = (a: unknown, b: string): boolean => {
  if (typeof a !== 'string') return false;
  const [given, known] = [Buffer.from(a), Buffer.from(b)];
  return given.length === known.length && timingSafeEqual(given, known);
};
