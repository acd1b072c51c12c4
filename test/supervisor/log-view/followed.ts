import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { aSource, watchLogs, type Watched } from './viewing.ts';

/** A log that is followed. */
export interface Followed {
  readonly log: string;
  readonly watched: Watched;
}

/** A log with a first line, and a view that has shown it. */
export const follow = async (text = 'first\n'): Promise<Followed> => {
  const log = join(makeTempDir(), 'app.log');
  writeFileSync(log, text);
  const watched = watchLogs([aSource(log, 'a', 0)]);
  await watched.shows(
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => `a out ${line}`),
  );
  await watched.looks();
  return { log, watched };
};

/** Lines with numbers. */
export const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, place) => `line ${from + place}\n`).join('');

/** The same lines as they are told. */
export const said = (from: number, to: number): readonly string[] =>
  numbers(from, to)
    .split('\n')
    .slice(0, -1)
    .map((line) => `a out ${line}`);
