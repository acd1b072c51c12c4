import { lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../../util/error-code.ts';
import type { Home } from './home.ts';
import { writePrivate } from './write-private.ts';

/** The shortest limit of the systems there are is 104 bytes with its end. */
const LONGEST_PATH = 100;

const NAME = 'devdoctord.sock';
const PREFIX = 'devdoctor-';

const pointerOf = ({ folder }: Home): string => join(folder, 'socket');

/**
 * Where the daemon of a home listens, as it wrote down itself; `null` when it never did. The home is this user's alone,
 * so what stands there can be trusted.
 */
export const readSocketPlace = (home: Home): string | null => {
  try {
    return readFileSync(pointerOf(home), 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

const isOwnFolder = (folder: string, uid: number | null): boolean => {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && (uid === null || stats.uid === uid);
};

const isShort = (path: string, home: Home): boolean =>
  dirname(path) !== home.folder && basename(dirname(path)).startsWith(PREFIX) && basename(path) === NAME;

/** Removes the socket of a daemon that is no more, with the folder that was made for it. */
export const removeSocket = (home: Home, uid: number | null): void => {
  const place = readSocketPlace(home);
  if (place === null) return;
  rmSync(place, { force: true });
  if (isShort(place, home) && isOwnFolder(dirname(place), uid)) {
    rmSync(dirname(place), { recursive: true, force: true });
  }
  rmSync(pointerOf(home), { force: true });
};

/** Every POSIX system has it; the configured one may have a long path itself. */
const SHORT_TMP = '/tmp';

const fits = (path: string): boolean => Buffer.byteLength(path) <= LONGEST_PATH;

/** The letters that `mkdtemp` adds. */
const LETTERS = 'XXXXXX';

const shortFolder = (): string => {
  const prefix = join(tmpdir(), PREFIX);
  return mkdtempSync(fits(join(`${prefix}${LETTERS}`, NAME)) ? prefix : join(SHORT_TMP, PREFIX));
};

/**
 * Chooses where to listen, and writes it down. A path that is too long for a socket is replaced by one in a new folder
 * that nobody could have made before. Only who holds the lock may ask.
 */
export const chooseSocketPlace = (home: Home): string => {
  const usual = join(home.folder, NAME);
  const place = fits(usual) ? usual : join(shortFolder(), NAME);
  writePrivate(pointerOf(home), `${place}\n`, false);
  return place;
};
