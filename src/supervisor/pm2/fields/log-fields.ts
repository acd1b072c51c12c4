import type { LogSpec, RotationSpec } from '../../../model/service.ts';
import { didYouMean } from '../../../util/did-you-mean.ts';
import { field, type FieldTable, type Reader, type Refuse } from './field.ts';
import { duration, isObject, oneOf, orNull, readBoolean, readSize, readText, wholeNumber } from './readers.ts';

/** The usual file, none, or one that the configuration names. */
export type FileChoice = 'usual' | 'none' | { readonly path: string };

/** Where the output of a service goes. */
export interface LogOptions {
  readonly out_file: FileChoice;
  readonly error_file: FileChoice;
  readonly log_file: FileChoice;
  readonly merge_logs: boolean;
  readonly log_date_format: string;
  readonly time: boolean;
  readonly log_type: LogSpec['type'];
  readonly disable_logs: boolean;
  readonly log_rotate: RotationSpec | null;
  readonly pid_file: string | null;
}

const NOWHERE = new Set(['NULL', 'null', '/dev/null']);

const readFile: Reader<FileChoice> = (value, refuse) => {
  const path = readText(value, () => refuse('the path of a file, or "/dev/null"', value));
  return path === undefined ? undefined : NOWHERE.has(path) ? 'none' : { path };
};

const ROTATION: RotationSpec = { maxBytes: 10 * 1024 ** 2, maxAgeMs: null, retain: 5, compress: true };

const ROTATION_KEYS: {
  readonly [Key in 'max_size' | 'max_age' | 'retain' | 'compress']: (
    value: unknown,
    refuse: Refuse,
  ) => Partial<RotationSpec>;
} = {
  max_size: (value, refuse) => ({ maxBytes: readSize(value, refuse) ?? ROTATION.maxBytes }),
  max_age: (value, refuse) => ({ maxAgeMs: value === null ? null : (duration(1_000)(value, refuse) ?? null) }),
  retain: (value, refuse) => ({
    retain: wholeNumber(0, 1_000, 'a whole number of files from 0 to 1000')(value, refuse) ?? ROTATION.retain,
  }),
  compress: (value, refuse) => ({ compress: readBoolean(value, refuse) ?? ROTATION.compress }),
};

const readRotation: Reader<RotationSpec | null> = (value, refuse) => {
  if (value === false) return null;
  if (value === true) return ROTATION;
  if (!isObject(value)) return refuse('false, or { max_size, max_age, retain, compress }', value);
  const known = Object.keys(ROTATION_KEYS);
  const parts = Object.entries(value).map(([key, part]) => {
    const read = Object.hasOwn(ROTATION_KEYS, key) ? ROTATION_KEYS[key as keyof typeof ROTATION_KEYS] : null;
    if (read !== null)
      return part === undefined ? {} : read(part, (expected, wrong) => refuse(expected, wrong, `.${key}`));
    const meant = didYouMean(key, known);
    return refuse(meant === null ? `one of ${known.join(', ')}` : `written ${meant}`, key, `.${key}`);
  });
  return Object.assign({ ...ROTATION }, ...parts) as RotationSpec;
};

const readFormat: Reader<string> = (value, refuse) =>
  typeof value === 'string' ? value : refuse('a pattern such as "YYYY-MM-DD HH:mm:ss"', value);

export const LOG_FIELDS: FieldTable<LogOptions> = {
  out_file: field<FileChoice>('usual', readFile, ['out', 'output', 'out_log']),
  error_file: field<FileChoice>('usual', readFile, ['error', 'err', 'err_file', 'err_log']),
  log_file: field<FileChoice>('none', readFile, ['log']),
  merge_logs: field(false, readBoolean, ['combine_logs']),
  log_date_format: field('', readFormat),
  time: field(false, readBoolean),
  log_type: field<LogSpec['type']>('raw', oneOf({ raw: 'raw', json: 'json' })),
  disable_logs: field(false, readBoolean),
  log_rotate: field<RotationSpec | null>(ROTATION, readRotation),
  pid_file: field(null, orNull(readText), ['pid']),
};
