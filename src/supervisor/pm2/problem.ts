import { DevdoctorError, type ErrorCode } from '../../model/error.ts';
import { plural } from '../../util/plural.ts';

/** One mistake of a configuration. */
export interface Problem {
  /** The app, for people; `null` for the file itself. */
  readonly where: string | null;
  readonly text: string;
}

const MOST_TOLD = 10;
const LONGEST_SHOWN = 60;

/** A value as it is shown in an error. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
};

const lineOf = ({ where, text }: Problem): string => (where === null ? text : `${where}: ${text}`);

/** The error that tells all of these at once; `source` is the file, or `null` for a command line. */
export const problemsError = (problems: readonly Problem[], source: string | null): DevdoctorError => {
  const code: ErrorCode = source === null ? 'usage' : 'configuration';
  const hint = source === null ? 'devdoctor start --help' : `mend ${source}; nothing was started`;
  const [first, ...others] = problems;
  const before = source === null ? '' : `${source}: `;
  if (first === undefined || others.length === 0)
    return new DevdoctorError(code, `${before}${first === undefined ? 'unusable' : lineOf(first)}`, hint);
  const told = problems.slice(0, MOST_TOLD).map(lineOf);
  const rest = problems.length - told.length;
  return new DevdoctorError(
    code,
    `${before}${plural(problems.length, 'mistake')}`,
    hint,
    undefined,
    rest === 0 ? told : [...told, `and ${rest} more`],
  );
};
