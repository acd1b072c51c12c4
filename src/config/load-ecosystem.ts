import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readLiteralProgram } from './literal-program.ts';
import { readDataFile, whyNotOpened } from './read-data-file.ts';
import type { ProgramReading, Stray } from './run-ecosystem.ts';

/** The names PM2 users give their file, in the order they are looked for. */
const FILE_NAMES = ['js', 'cjs', 'mjs', 'json', 'yaml', 'yml', 'ts'].map((ending) => `ecosystem.config.${ending}`);

/** What is a configuration by its name, and not a script to run. */
const CONFIGURATION = /\.(?:json|ya?ml)$|\.config\.[cm]?[jt]s$|^ecosystem\.[cm]?[jt]s$/;

const PROGRAM = /\.[cm]?[jt]s$/;
const DATA = /\.(?:json|ya?ml)$/;

const TIME_LIMIT_MS = 5_000;
const MOST_STRAYS_TOLD = 3;

/** These are said to be wrong even where what JSON cannot hold is left out: nobody put them there on purpose. */
const NEVER_MEANT = /BigInt|circular/;

/** What the file holds, or why it could not be read. */
export type EcosystemReading =
  | { readonly ok: true; readonly file: string; readonly value: unknown }
  | { readonly ok: false; readonly file: string; readonly detail: string };

const told = ({ path, kind }: Stray): string => `${path === '' ? 'what it exports' : path} is ${kind}`;

const withoutStrays = (reading: ProgramReading, isRefused: (stray: Stray) => boolean): ProgramReading => {
  if (!reading.ok) return reading;
  const strays = reading.strays.filter(isRefused);
  if (strays.length === 0) return reading;
  const first = strays.slice(0, MOST_STRAYS_TOLD).map(told).join(', ');
  const more = strays.length > MOST_STRAYS_TOLD ? `, and ${strays.length - MOST_STRAYS_TOLD} more` : '';
  return {
    ok: false,
    detail: `a configuration holds texts, numbers, booleans, lists and objects, but ${first}${more}`,
  };
};

/** Data under the name of a program is either no program at all, or one that exports nothing. */
const refuseData = async (file: string, reading: ProgramReading): Promise<ProgramReading> => {
  const isSuspect = reading.ok ? JSON.stringify(reading.value) === '{}' : reading.detail.includes('SyntaxError');
  const data = isSuspect ? await readDataFile(file, 'json') : null;
  return data?.ok === true
    ? { ok: false, detail: 'it holds JSON: put "module.exports =" before it, or give its name the ending .json' }
    : reading;
};

const read = async (file: string, limitMs: number, isRefused: (stray: Stray) => boolean): Promise<EcosystemReading> => {
  if (DATA.test(file)) return { ...(await readDataFile(file, file.endsWith('.json') ? 'json' : 'yaml')), file };
  const reason = whyNotOpened(file);
  if (reason !== null) return { ok: false, file, detail: reason };
  const literal = readLiteralProgram(file);
  if (literal !== null) return { ok: true, file, value: literal.value };
  // What it takes to run a program is not needed for the others.
  const { runEcosystem } = await import('./run-ecosystem.ts');
  const reading = withoutStrays(await refuseData(file, await runEcosystem(file, limitMs)), isRefused);
  return reading.ok ? { ok: true, file, value: reading.value } : { ...reading, file };
};

/** The ecosystem file of a folder; `null` where there is none. */
export const findEcosystem = (folder: string): string | null =>
  FILE_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null;

/** Does a file of this name hold a configuration? Other programs are scripts to run. */
export const isEcosystemName = (name: string): boolean => CONFIGURATION.test(name);

/** Reads the ecosystem file of a folder, and leaves out what JSON cannot hold; `null` where there is none. */
export const loadEcosystem = async (folder: string): Promise<EcosystemReading | null> => {
  const file = findEcosystem(folder);
  return file === null ? null : read(file, TIME_LIMIT_MS, ({ kind }) => NEVER_MEANT.test(kind));
};

/** Reads one ecosystem file, by its absolute path. What JSON cannot hold is an error. */
export const loadEcosystemFile = async (file: string, limitMs: number = TIME_LIMIT_MS): Promise<EcosystemReading> => {
  if (!PROGRAM.test(file) && !DATA.test(file))
    return { ok: false, file, detail: 'its name ends in none of .js .cjs .mjs .ts .json .yaml .yml' };
  return read(file, limitMs, () => true);
};
