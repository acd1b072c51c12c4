import { createHash } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../../util/error-code.ts';
import { plural } from '../../util/plural.ts';
import type { Home } from './home.ts';
import type { SupervisorState } from './records.ts';
import { writePrivate } from './write-private.ts';

/** What is known before anything was ever started. */
export const EMPTY_STATE: SupervisorState = { schemaVersion: 1, generation: 0, nextId: 0, services: [] };

/** What was read, and what was wrong with it. */
export interface StateReading {
  readonly state: SupervisorState;
  /** Sentences for people. */
  readonly notices: readonly string[];
  /** Files that hold no whole state. */
  readonly corrupt: readonly string[];
}

const HEAD = '{"check":"';
const CHECK_LENGTH = 32;
const MIDDLE = '","state":';

const checkOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, CHECK_LENGTH);

const frame = (body: string): string => `${HEAD}${checkOf(body)}${MIDDLE}${body}}\n`;

/** The text of a state: one JSON object whose check tells whether all of it is there. */
export const encodeState = (state: SupervisorState): string => frame(JSON.stringify(state));

/** The state that a text holds; `null` when a byte of it is missing or another, but for the newline at its end. */
export const decodeState = (text: string): SupervisorState | null => {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const body = whole.slice(HEAD.length + CHECK_LENGTH + MIDDLE.length, -2);
  return frame(body) === whole ? (JSON.parse(body) as SupervisorState) : null;
};

/** Where the generation before is kept. */
export const previousOf = (file: string): string => `${file}.1`;

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

const recovered = (file: string, fault: string, state: SupervisorState): string =>
  `${file} ${fault}; the generation before was used, with ${plural(state.services.length, 'service')}`;

/** Reads the state, and the generation before where it is not whole. Changes nothing. */
export const readState = ({ state: file }: Home): StateReading => {
  const previous = previousOf(file);
  const text = readText(file);
  const state = text === null ? null : decodeState(text);
  if (state !== null) return { state, notices: [], corrupt: [] };
  const before = readText(previous);
  const older = before === null ? null : decodeState(before);
  const corrupt = [...(text === null ? [] : [file]), ...(before !== null && older === null ? [previous] : [])];
  if (older !== null) {
    const notice = recovered(file, text === null ? 'was missing' : 'was not whole', older);
    return { state: older, notices: [notice], corrupt };
  }
  if (corrupt.length === 0) return { state: EMPTY_STATE, notices: [], corrupt };
  const notice = `${corrupt.join(' and ')} not whole, and there is no other generation: the list of services is lost`;
  return { state: EMPTY_STATE, notices: [notice], corrupt };
};

/** Removes what a writer left behind that was killed. Only who holds the lock may ask: another one may be writing. */
export const removeDrafts = ({ state: file }: Home): void => {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${basename(file)}.`) && name.endsWith('.tmp')) rmSync(join(folder, name), { force: true });
  }
};

/** Puts what is not whole aside under another name, for a person to look at. */
export const setAside = (files: readonly string[], now: number): readonly string[] =>
  files.map((file) => {
    const aside = `${file}.corrupt-${now}`;
    renameSync(file, aside);
    return aside;
  });

const keepPrevious = (file: string): void => {
  const previous = previousOf(file);
  rmSync(`${previous}.tmp`, { force: true });
  try {
    linkSync(file, `${previous}.tmp`);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    renameSync(`${previous}.tmp`, previous);
  } finally {
    // Two names of one file are renamed into each other by doing nothing.
    rmSync(`${previous}.tmp`, { force: true });
  }
};

/** Writes a state so that at every instant the old one or the new one is whole, and keeps the generation before. */
export const writeState = ({ state: file }: Home, state: SupervisorState): void =>
  writePrivate(file, encodeState(state), true, () => keepPrevious(file));

/** Once nothing has changed for a while both generations are the same, so that the loss of either loses nothing. */
export const writeTwin = ({ state: file }: Home, state: SupervisorState): void =>
  writePrivate(previousOf(file), encodeState(state), true);
