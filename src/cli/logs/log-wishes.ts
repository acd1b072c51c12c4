import { DevdoctorError } from '../../model/error.ts';
import type { Wanted } from '../../supervisor/log-view/line-filter.ts';
import type { Stream } from '../../supervisor/log-view/types.ts';
import { messageOf } from '../../util/error-code.ts';
import { parseDuration } from '../../util/parse-duration.ts';
import type { Invocation } from '../invocation.ts';

/** What was asked of `logs`. */
export interface LogWishes {
  readonly wanted: Wanted;
  readonly streams: ReadonlySet<Stream>;
  readonly form: 'people' | 'raw' | 'json';
  readonly follow: boolean;
  readonly timestamps: boolean;
}

const USUAL_LINES = 15;

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?)?$/;
const PATTERN = /^\/(.+)\/([dgimsuvy]*)$/s;

/** A pattern that is used again and again must not remember where it last matched. */
const STATEFUL = /[gy]/g;

/** Who limits lines by their age wants all of them, unless a number is given too. */
const linesAsked = ({ values }: Invocation): number => {
  const text = values['lines']?.at(-1);
  if (text === undefined) return values['since'] === undefined ? USUAL_LINES : Number.POSITIVE_INFINITY;
  if (/^\d+$/.test(text)) return Number(text);
  throw new DevdoctorError(
    'usage',
    `--lines takes a whole number such as 50, not "${text}"`,
    'devdoctor logs --lines 50',
  );
};

/** An instant as people write it: without a zone it is one of the local clock. */
const instantOf = (text: string): number => {
  const [, day, clock = '00:00', zone = ''] = INSTANT.exec(text) ?? [];
  return day === undefined ? Number.NaN : Date.parse(`${day}T${clock}${zone}`);
};

const sinceAsked = ({ values }: Invocation, now: number): number | null => {
  const text = values['since']?.at(-1);
  if (text === undefined) return null;
  const age = parseDuration(text);
  const at = age === null ? instantOf(text) : now - age;
  if (!Number.isNaN(at)) return at;
  throw new DevdoctorError(
    'usage',
    `--since takes a length of time such as 10m, or an instant such as 2026-11-22T21:00, not "${text}"`,
    'devdoctor logs --since 10m',
  );
};

const grepAsked = ({ values }: Invocation): RegExp | null => {
  const text = values['grep']?.at(-1);
  if (text === undefined) return null;
  const [, source = text, flags = ''] = PATTERN.exec(text) ?? [];
  try {
    return new RegExp(source, flags.replace(STATEFUL, ''));
  } catch (error) {
    throw new DevdoctorError(
      'usage',
      `--grep takes a regular expression such as error or /error/i, not "${text}": ${messageOf(error)}`,
      "devdoctor logs --grep '/error|warn/i'",
      error,
    );
  }
};

const formAsked = ({ flags }: Invocation): LogWishes['form'] => {
  if (flags.has('json') && flags.has('raw')) {
    throw new DevdoctorError('usage', '--json and --raw ask for different forms of a line', 'devdoctor logs --json');
  }
  return flags.has('json') ? 'json' : flags.has('raw') ? 'raw' : 'people';
};

/** Reads what was asked of `logs`, and throws before anything is done when it cannot be done. */
export const logWishes = (invocation: Invocation, now: number): LogWishes => {
  const { flags } = invocation;
  const named = (['out', 'err'] as const).filter((stream) => flags.has(stream));
  return {
    wanted: { lines: linesAsked(invocation), since: sinceAsked(invocation, now), grep: grepAsked(invocation) },
    streams: new Set<Stream>(named.length === 0 ? ['out', 'err'] : named),
    form: formAsked(invocation),
    follow: !flags.has('nostream'),
    timestamps: flags.has('timestamp'),
  };
};
