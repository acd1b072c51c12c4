import { FIELDS, KEYS, type AppOptions, type Key } from './fields/index.ts';
import { readVariables, type Variables } from './fields/environment-fields.ts';
import type { Fields, Refuse } from './fields/field.ts';
import { isObject } from './fields/readers.ts';
import { isSetting, keyNamed, meaningOf, type KeyMeaning } from './keys.ts';
import { shown } from './problem.ts';

/** An app as it was given: by a file, and by flags, which win. */
export interface GivenApp {
  readonly file: Fields;
  readonly flags: Fields;
}

/** What an app says, read. Where something is wrong the default stands, so that all can be told at once. */
export interface AppReading {
  readonly options: AppOptions;
  /** The variables of each `env_NAME`. */
  readonly profiles: Readonly<Record<string, Variables>>;
  readonly problems: readonly string[];
  /** Keys of which nothing could be made. */
  readonly refused: ReadonlySet<Key>;
  /** Keys of PM2 that mean nothing here. */
  readonly ignored: readonly string[];
  /** How a key was written, for errors about what it says. */
  readonly written: (key: Key) => string;
}

interface Entry {
  readonly meaning: KeyMeaning;
  readonly value: unknown;
  readonly written: string;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

const entriesOf = (fields: Fields, written: (name: string) => string): readonly Entry[] =>
  Object.entries(fields)
    .filter(([, value]) => isGiven(value))
    .map(([name, value]) => ({ meaning: meaningOf(name), value, written: written(name) }));

/** `--max-restarts` for `max_restarts`. */
const asFlag = (name: string): string => (name === 'script' ? 'the script' : `--${name.replaceAll('_', '-')}`);

const keyOf = ({ meaning }: Entry): Key | null => (meaning.kind === 'field' ? meaning.key : null);

const together = ({ file, flags }: GivenApp): readonly Entry[] => {
  const ofFlags = entriesOf(flags, asFlag);
  const named = new Set(ofFlags.map(keyOf));
  return [
    ...entriesOf(file, (name) => name).filter((entry) => keyOf(entry) === null || !named.has(keyOf(entry))),
    ...ofFlags,
  ];
};

const faultOfKey = ({ meaning, written }: Entry): readonly string[] => {
  if (meaning.kind === 'misplaced') return [`${written} is misplaced: ${meaning.where}`];
  if (meaning.kind !== 'unknown') return [];
  return [`${written} is no key of an app${meaning.meant === null ? '' : `; did you mean ${meaning.meant}?`}`];
};

const twice = (entries: readonly Entry[]): readonly string[] =>
  [...new Set(entries.map(keyOf))].flatMap((key) => {
    const same = entries.filter((entry) => key !== null && keyOf(entry) === key);
    const values = new Set(same.map(({ value }) => JSON.stringify(value)));
    return values.size < 2 ? [] : [`${same.map(({ written }) => written).join(' and ')} are one setting, and differ`];
  });

/** Settings that slipped into the variables do nothing there, and nobody would notice. */
const slipped = (variables: unknown, written: string): readonly string[] =>
  isObject(variables)
    ? Object.keys(variables)
        .filter(isSetting)
        .map((name) => `${written}.${name} is misplaced: it belongs beside "env", not in it`)
    : [];

/** Nothing to run is a mistake of its own, unless it is the same one as a misspelt key. */
const withoutScript = (entries: readonly Entry[]): readonly string[] =>
  entries.some(
    ({ meaning }) =>
      (meaning.kind === 'field' && meaning.key === 'script') ||
      (meaning.kind === 'unknown' && meaning.meant !== null && keyNamed(meaning.meant) === 'script'),
  )
    ? []
    : ['script is missing: an app needs something to run'];

/** Reads one app through the table. */
export const readApp = (given: GivenApp): AppReading => {
  const entries = together(given);
  const problems = [...entries.flatMap(faultOfKey), ...twice(entries), ...withoutScript(entries)];
  const refused = new Set<Key>();
  const refuseAt =
    (written: string): Refuse =>
    (expected, value, part = '') => {
      problems.push(`${written}${part} must be ${expected}, and is ${shown(value)}`);
    };
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry] as const));
  const read = <K extends Key>(key: K): AppOptions[K] => {
    const entry = byKey.get(key);
    const { standard, read } = FIELDS[key];
    if (entry === undefined) return standard;
    if (key === 'env') problems.push(...slipped(entry.value, entry.written));
    const value = read(entry.value, refuseAt(entry.written));
    if (value === undefined) refused.add(key);
    return value === undefined ? standard : value;
  };
  const options = Object.fromEntries(KEYS.map((key) => [key, read(key)] as const));
  const profiles = entries.flatMap(({ meaning, value, written }) => {
    if (meaning.kind !== 'profile') return [];
    problems.push(...slipped(value, written));
    return [[meaning.profile, readVariables(value, refuseAt(written)) ?? {}] as const];
  });
  return {
    options: options as unknown as AppOptions,
    profiles: Object.fromEntries(profiles),
    problems,
    refused,
    ignored: entries.filter(({ meaning }) => meaning.kind === 'legacy').map(({ written }) => written),
    written: (key) => byKey.get(key)?.written ?? key,
  };
};
