import { DevdoctorError } from '../model/error.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { parseBytes } from '../util/parse-bytes.ts';
import { toPort } from './port-number.ts';

/** What a project tells devdoctor about itself. */
export interface DoctorSettings {
  /** The ports it listens on. */
  readonly ports: readonly number[];
  /** How many bytes each named service may use. */
  readonly memoryLimits: Readonly<Record<string, number>>;
  /** How many bytes any other of its services may use; `null` for no limit. */
  readonly maxMemoryBytes: number | null;
  /** Findings not to be told: ids of checks, or `check:subject`. */
  readonly ignore: readonly string[];
  /** What is never to be ended: names of programs, or ports. */
  readonly protect: readonly (string | number)[];
  /** Files to read as logs. */
  readonly logFiles: readonly string[];
}

/** Where settings stand: the file, and the key in it. */
export interface SettingsPlace {
  readonly file: string;
  readonly key: string;
}

type Fail = (path: string, value: unknown, expected: string) => never;
type Read<T> = (value: unknown, path: string, fail: Fail) => T;

const LONGEST_SHOWN = 60;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
};

const PORT = 'a whole number from 1 to 65535';
const SIZE = 'a size above 0, such as "300M", "1.5G", "800K" or a number of bytes';
const CHECK_ID = /^[a-z][a-z\d]*(?:-[a-z\d]+)*(?::\S.*)?$/;

const readPort: Read<number> = (value, path, fail) => toPort(value) ?? fail(path, value, PORT);

const readSize: Read<number> = (value, path, fail) => parseBytes(value) ?? fail(path, value, SIZE);

const textThat =
  (expected: string, holds: (text: string) => boolean): Read<string> =>
  (value, path, fail) =>
    typeof value === 'string' && holds(value) ? value : fail(path, value, expected);

const listOf =
  <T>(what: string, read: Read<T>): Read<readonly T[]> =>
  (value, path, fail) => {
    if (!Array.isArray(value)) return fail(path, value, `a list of ${what}`);
    const items = (value as readonly unknown[]).map((item, index) => read(item, `${path}[${index}]`, fail));
    return [...new Set(items)];
  };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readLimits: Read<Readonly<Record<string, number>>> = (value, path, fail) => {
  if (!isObject(value)) return fail(path, value, 'an object of sizes by the names of services');
  return Object.fromEntries(
    Object.entries(value).map(([name, size]) => [name, readSize(size, `${path}[${JSON.stringify(name)}]`, fail)]),
  );
};

const readProtected: Read<string | number> = (value, path, fail) => {
  const expected = `the name of a program, or a port (${PORT})`;
  if (typeof value === 'number' || /^\d+$/.test(String(value))) return toPort(value) ?? fail(path, value, expected);
  return textThat(expected, (text) => text.trim() !== '')(value, path, fail);
};

interface Setting<Name extends keyof DoctorSettings> {
  /** The key in the file. */
  readonly key: string;
  readonly standard: DoctorSettings[Name];
  readonly read: Read<DoctorSettings[Name]>;
}

/** Every setting, with its key and what holds where it is not given. */
const TABLE: { readonly [Name in keyof DoctorSettings]: Setting<Name> } = {
  ports: { key: 'ports', standard: [], read: listOf('ports', readPort) },
  memoryLimits: { key: 'memoryLimits', standard: {}, read: readLimits },
  maxMemoryBytes: { key: 'maxMemory', standard: null, read: readSize },
  ignore: {
    key: 'ignore',
    standard: [],
    read: listOf(
      'ids of checks',
      textThat('the id of a check, or check:subject, such as "port-occupied:tcp:3000"', (text) => CHECK_ID.test(text)),
    ),
  },
  protect: { key: 'protect', standard: [], read: listOf('names of programs and ports', readProtected) },
  logFiles: {
    key: 'logFiles',
    standard: [],
    read: listOf(
      'files',
      textThat('the path of a file', (text) => text.trim() !== ''),
    ),
  },
};

/** What holds for a project without settings. */
export const DEFAULT_SETTINGS: DoctorSettings = {
  ports: TABLE.ports.standard,
  memoryLimits: TABLE.memoryLimits.standard,
  maxMemoryBytes: TABLE.maxMemoryBytes.standard,
  ignore: TABLE.ignore.standard,
  protect: TABLE.protect.standard,
  logFiles: TABLE.logFiles.standard,
};

const KEYS: readonly string[] = Object.values(TABLE).map(({ key }) => key);

const configurationError = (message: string): DevdoctorError =>
  new DevdoctorError('configuration', message, `mend it; the settings are ${KEYS.join(', ')}`);

const refuseUnknown = (given: Readonly<Record<string, unknown>>, { file, key }: SettingsPlace): void => {
  const unknown = Object.keys(given).find((name) => !KEYS.includes(name));
  if (unknown === undefined) return;
  const meant = didYouMean(unknown, KEYS);
  throw configurationError(
    `${file}: ${key}.${unknown} is no setting${meant === null ? '' : `; did you mean ${key}.${meant}?`}`,
  );
};

const readSetting = <Name extends keyof DoctorSettings>(
  { key, standard, read }: Setting<Name>,
  given: Readonly<Record<string, unknown>>,
  place: SettingsPlace,
  fail: Fail,
): DoctorSettings[Name] =>
  Object.hasOwn(given, key) && given[key] !== undefined ? read(given[key], `${place.key}.${key}`, fail) : standard;

/** Makes settings of what a file holds under a key; `undefined` gives the defaults. What is wrong is told by its path. */
export const doctorSettings = (value: unknown, place: SettingsPlace): DoctorSettings => {
  const fail: Fail = (path, wrong, expected) => {
    throw configurationError(`${place.file}: ${path} must be ${expected}, and is ${shown(wrong)}`);
  };
  const given = value === undefined ? {} : value;
  if (!isObject(given)) return fail(place.key, given, 'an object of settings');
  refuseUnknown(given, place);
  return {
    ports: readSetting(TABLE.ports, given, place, fail),
    memoryLimits: readSetting(TABLE.memoryLimits, given, place, fail),
    maxMemoryBytes: readSetting(TABLE.maxMemoryBytes, given, place, fail),
    ignore: readSetting(TABLE.ignore, given, place, fail),
    protect: readSetting(TABLE.protect, given, place, fail),
    logFiles: readSetting(TABLE.logFiles, given, place, fail),
  };
};
