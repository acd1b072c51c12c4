import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from './paths.ts';
import type { App, Supervised } from './supervisor.ts';

/** What `WHY` says unless told otherwise. */
const CRASH_LINE = "Error: Cannot find module './routes'";
/** Its code in the catalogue. */
export const CRASH_CODE = 'MODULE_NOT_FOUND';

/** The file in which services that crash note when they were started. */
const notesOf = ({ folder }: Supervised): string => join(folder, 'notes');

/** When services that crash were started, in milliseconds since the epoch, in that order. */
export const startsIn = (it: Supervised): readonly number[] =>
  existsSync(notesOf(it))
    ? readFileSync(notesOf(it), 'utf8')
        .trim()
        .split('\n')
        .map(Number)
        .toSorted((a, b) => a - b)
    : [];

/** Makes services that crash stay from now on, by being there. */
export const stayFile = ({ folder }: Supervised): string => join(folder, 'stay');

/** A service that crashes after so many seconds. */
export const crashingApp = (
  it: Supervised,
  name: string,
  env: Readonly<Record<string, string | number>>,
  more: Readonly<Record<string, unknown>>,
): App => ({
  name,
  script: fixture('service-crash.sh'),
  interpreter: '/bin/sh',
  env: { NOTES: notesOf(it), STAY: stayFile(it), LIFE: 0, EXIT: 1, WHY: CRASH_LINE, ...env },
  ...more,
});
