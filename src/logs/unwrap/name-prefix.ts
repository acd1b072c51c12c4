import { bare, type Unwrapped } from './unwrapped.ts';

/** A way in which a front program puts the name of the speaker before every line. */
export type PrefixForm = 'bracket' | 'pipe' | 'colon';

const FORMS: Readonly<Record<PrefixForm, RegExp>> = {
  /** concurrently: `[api] text`. */
  bracket: /^\[([\w.@/:-]{1,40})\] ?(.*)$/s,
  /** docker compose, foreman, `pm2 logs`: `api-1  | text`, `10:00:00 web.1 | text`, `0|web  | text`. */
  pipe: /^(?:\d\d:\d\d:\d\d )?(?:\d{1,3}\|)?([\w.@-]{1,60}?)(?:[-_.]\d{1,2})?\s*\| ?(.*)$/s,
  /** turbo and workspace runners: `web:dev: text`, `packages/api dev: text`. */
  colon:
    /^((?:[A-Za-z@][\w@/-]{0,39}:[A-Za-z][\w-]{0,19})|(?:[A-Za-z@][\w@/.-]{0,39} (?:dev|start|serve|watch))): (.*)$/s,
};

/** Tags that programs put before their own lines; no service is called so. */
const NOT_A_SERVICE =
  /^(?:nodemon|tsx|vite|pm2|PM2|Nest|HPM|HMR|webpack|ELIFECYCLE|DEP\d+|\d[\d:.-]*|TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|info|warn|error|debug)$/;

/** What docker compose says itself stands without a prefix. */
const OF_COMPOSE =
  /^(?:(?:Creating|Recreating|Starting|Stopping|Removing|Killing|Pulling|Building|Attaching to|Gracefully stopping)\b|\[\+\]| ?✔ |(?: ?Container| ?Network| ?Volume) \S+ +[A-Z][a-z]+|[\w.-]+ exited with code \d+)/;

const SHARE = 0.9;
const LEAST_LINES = 4;
const STACK_LINE = /^\s+at |^\s*$|^\s*File "/;

const innerOf = (form: PrefixForm, line: string): RegExpExecArray | null => {
  const match = FORMS[form].exec(line);
  return match === null || NOT_A_SERVICE.test(match[1] ?? '') ? null : match;
};

/**
 * A logger's own tag looks the same as the name of a service. What tells them apart: a front program prefixes every line,
 * also those of a stack, and it speaks itself with the same prefix.
 */
const isPrefixed = (form: PrefixForm, lines: readonly string[]): boolean => {
  const matches = lines.map((line) => innerOf(form, line)).filter((match) => match !== null);
  if (matches.length < Math.max(LEAST_LINES, lines.length * SHARE)) return false;
  if (form === 'pipe') return true;
  const names = new Set(matches.map(([, name]) => name));
  const hasFrame = matches.some(([, , rest = '']) => STACK_LINE.test(rest));
  const speaksItself = matches.some(([, , rest = '']) => / exited with code /.test(rest));
  return speaksItself || (names.size > 1 && hasFrame) || (form === 'colon' && names.size > 1);
};

/** The prefix form of a log by a sample of its lines; null when there is none. */
export const detectPrefix = (lines: readonly string[]): PrefixForm | null => {
  const told = lines.filter((line) => line.trim() !== '' && !OF_COMPOSE.test(line));
  return (Object.keys(FORMS) as PrefixForm[]).find((form) => isPrefixed(form, told)) ?? null;
};

export const unwrapPrefix = (text: string, form: PrefixForm): Unwrapped | null => {
  const match = innerOf(form, text);
  return match === null ? null : { ...bare(match[2] ?? ''), service: match[1] ?? null };
};
