import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { DevdoctorError } from '../../model/error.ts';
import { errorCode, messageOf } from '../../util/error-code.ts';
import { homeAt, type Home } from './home.ts';

const FOR_OTHERS = 0o077;
const PRIVATE = 0o700;

const refused = (folder: string, why: string): DevdoctorError =>
  new DevdoctorError(
    'environment',
    `cannot use the state folder ${folder}: ${why}`,
    'DEVDOCTOR_HOME=/another/folder devdoctor list',
  );

/** Others must not read what services log, nor put links where logs will be. */
const makePrivate = (folder: string, uid: number | null): void => {
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) throw refused(folder, 'it is no folder');
  if (uid !== null && stats.uid !== uid) {
    throw refused(folder, `it belongs to user ${stats.uid}, and this command runs as user ${uid}`);
  }
  if (uid !== null && (stats.mode & FOR_OTHERS) !== 0) chmodSync(folder, PRIVATE);
};

const attempt = <T>(folder: string, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    if (errorCode(error) === null || error instanceof DevdoctorError) throw error;
    throw refused(folder, messageOf(error));
  }
};

/** The home of a state folder that is there, however it is reached; `null` where there is none. Makes nothing. */
export const findHome = (folder: string): Home | null => {
  try {
    return homeAt(realpathSync(folder));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw refused(folder, messageOf(error));
  }
};

/** The home of a state folder, made where it is missing. Throws where it is not this user's alone. */
export const openHome = (folder: string, uid: number | null): Home =>
  attempt(folder, () => {
    mkdirSync(folder, { recursive: true, mode: PRIVATE });
    const home = homeAt(realpathSync(folder));
    makePrivate(home.folder, uid);
    for (const part of [home.run, home.logs, home.spool]) {
      mkdirSync(part, { recursive: true, mode: PRIVATE });
      makePrivate(part, uid);
    }
    return home;
  });
