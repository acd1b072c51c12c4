import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isKnownError } from '../../model/error.ts';
import { chooseRecords } from '../../supervisor/log-view/choose-records.ts';
import { sourcesOf, type Sources } from '../../supervisor/log-view/sources-of.ts';
import type { LogSource, Stream } from '../../supervisor/log-view/types.ts';
import type { Home } from '../../supervisor/state/home.ts';
import type { ServiceRecord } from '../../supervisor/state/records.ts';
import { readState } from '../../supervisor/state/state-file.ts';

/** Whose logs are wanted. */
export interface Choice {
  /** Words as they were typed. */
  readonly words: readonly string[];
  readonly cwd: string;
  readonly streams: ReadonlySet<Stream>;
}

/** A configuration file may be named by its path from here. */
const targetsOf = (records: readonly ServiceRecord[], { words, cwd }: Choice): readonly string[] =>
  words.map((word) => {
    const path = resolve(cwd, word);
    return records.some(({ spec }) => spec.configFile === path) ? path : word;
  });

/** The logs of the services that words name. Throws where a word names none. */
export const chosenSources = (records: readonly ServiceRecord[], choice: Choice): Sources =>
  sourcesOf(records, chooseRecords(records, targetsOf(records, choice)), choice.streams);

/** Tells one state of a file from another. */
const versionOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
};

/** What the state holds now; nothing where nobody whom the words name is left. */
const currentSources = (home: Home, choice: Choice): readonly LogSource[] => {
  try {
    return chosenSources(readState(home).state.services, choice).sources;
  } catch (error) {
    if (isKnownError(error)) return [];
    throw error;
  }
};

/** Gives, each time it is asked, the logs that have come since the last time. */
export const newSources = (home: Home, choice: Choice, first: readonly LogSource[]): (() => readonly LogSource[]) => {
  const known = new Set(first.map(({ path }) => path));
  let version = '';
  return () => {
    const seen = versionOf(home.state);
    if (seen === version) return [];
    version = seen;
    const added = currentSources(home, choice).filter(({ path }) => !known.has(path));
    for (const { path } of added) known.add(path);
    return added;
  };
};
