import { checks } from '../checks/index.ts';
import { toPort } from '../config/port-number.ts';
import type { Check } from '../model/check.ts';
import { DevdoctorError } from '../model/error.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { parseDuration } from '../util/parse-duration.ts';
import type { Invocation } from './invocation.ts';

const portError = (text: string): DevdoctorError => {
  const what = text === '' ? 'an empty value' : `"${text}"`;
  const hint = /^\d+-\d+$/.test(text)
    ? 'ranges are not taken; give each port: --port 3000 --port 3001'
    : 'devdoctor check --port 3000';
  return new DevdoctorError('usage', `--port takes a whole number from 1 to 65535, not ${what}`, hint);
};

/** The ports that were asked for, each once. */
export const portsAsked = ({ values }: Invocation): readonly number[] => {
  const ports = (values['port'] ?? []).map((text) => {
    const port = toPort(text);
    if (port === null) throw portError(text);
    return port;
  });
  return [...new Set(ports)];
};

/** The age below which no process is judged, in milliseconds. */
export const minAgeAsked = ({ values }: Invocation): number => {
  const text = values['min-age']?.at(-1);
  if (text === undefined) return 0;
  const milliseconds = parseDuration(text);
  if (milliseconds !== null) return milliseconds;
  throw new DevdoctorError(
    'usage',
    `--min-age takes a length of time such as 30s, 10m or 2h, not "${text}"`,
    'devdoctor check --min-age 10m',
  );
};

/** Finds a check by its id. */
export const checkById = (id: string): Check => {
  const check = checks.find((candidate) => candidate.id === id);
  if (check !== undefined) return check;
  const meant = didYouMean(
    id,
    checks.map((known) => known.id),
  );
  throw new DevdoctorError(
    'usage',
    `there is no check "${id}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    'devdoctor checks',
  );
};

/** Naming ports or logs asks about those; each option, with the fact that its checks need. */
const ASKS_ABOUT = [
  ['port', 'ports'],
  ['log', 'logs'],
] as const;

const usualChecks = (values: Invocation['values']): readonly Check[] => {
  const facts = ASKS_ABOUT.filter(([option]) => (values[option] ?? []).length > 0).map(([, fact]) => fact);
  return facts.length === 0 ? checks : checks.filter(({ needs }) => facts.some((fact) => needs.includes(fact)));
};

/** The checks to run, after `--only` and `--skip`. Who names ports or logs asks about those, unless checks are named too. */
export const checksAsked = ({ values }: Invocation): readonly Check[] => {
  const only = (values['only'] ?? []).map(checkById);
  const skip = new Set((values['skip'] ?? []).map(checkById));
  const left = (only.length === 0 ? usualChecks(values) : [...new Set(only)]).filter((check) => !skip.has(check));
  if (left.length === 0)
    throw new DevdoctorError('usage', '--only and --skip leave no check to run', 'devdoctor checks');
  return left;
};
