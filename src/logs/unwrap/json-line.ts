import type { Level } from '../types.ts';
import { bare, type Unwrapped } from './unwrapped.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Beyond this a rest of fields is no longer read by anybody. */
const REST_LIMIT = 2048;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

const timeOf = (value: unknown): number | null => {
  const number = numberOf(value);
  if (number !== null) return number > 1e14 ? number / 1000 : number > 1e11 ? number : number * 1000;
  const at = Date.parse(textOf(value) ?? '');
  return Number.isNaN(at) ? null : at;
};

const NAMED_LEVELS: Readonly<Record<string, Level>> = {
  fatal: 'fatal',
  emerg: 'fatal',
  alert: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  panic: 'fatal',
  error: 'error',
  err: 'error',
  warn: 'warn',
  warning: 'warn',
  info: 'info',
  notice: 'info',
  debug: 'debug',
  trace: 'debug',
};

/** Numbers as pino and bunyan give them: tens, from trace 10 to fatal 60. */
const numberedLevel = (level: number): Level =>
  level >= 60 ? 'fatal' : level >= 50 ? 'error' : level >= 40 ? 'warn' : level >= 30 ? 'info' : 'debug';

const levelOf = (value: unknown): Level | null => {
  if (typeof value === 'number') return numberedLevel(value);
  return NAMED_LEVELS[(textOf(value) ?? '').toLowerCase()] ?? null;
};

const objectOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

/** docker's json-file driver. */
const dockerLine = (fields: Fields): Unwrapped | null => {
  const log = textOf(fields['log']);
  if (log === null || fields['stream'] === undefined) return null;
  return { ...bare(log.replace(/\r?\n$/, '')), at: timeOf(fields['time']), partial: !log.endsWith('\n') };
};

/** A journal message is an array of bytes when it holds an escape character. */
const journalText = (message: unknown): string => {
  if (Array.isArray(message)) return Buffer.from(message as number[]).toString('utf8');
  return textOf(message) ?? '';
};

/** The unit without its ending. A message of systemd about a unit belongs to that unit. */
export const unitName = (unit: string | null): string | null => unit?.replace(/\.service$/, '') ?? null;

export const journalEntry = (fields: Fields): Unwrapped => {
  const aboutUnit = textOf(fields['UNIT']) ?? textOf(fields['USER_UNIT']);
  const ownUnit = textOf(fields['_SYSTEMD_USER_UNIT']) ?? textOf(fields['_SYSTEMD_UNIT']);
  const unit = aboutUnit ?? (ownUnit?.endsWith('.service') === true ? ownUnit : null);
  return {
    ...bare(journalText(fields['MESSAGE'])),
    at: timeOf(fields['_SOURCE_REALTIME_TIMESTAMP'] ?? fields['__REALTIME_TIMESTAMP']),
    service: unitName(unit) ?? textOf(fields['CONTAINER_NAME']),
    pid: aboutUnit === null ? numberOf(fields['_PID'] ?? fields['SYSLOG_PID']) : null,
    ident: textOf(fields['SYSLOG_IDENTIFIER']),
  };
};

/** PM2 with `log_type: json`: one object for each write. */
const pm2Line = (fields: Fields): Unwrapped | null => {
  const message = textOf(fields['message']);
  if (message === null || fields['type'] === undefined || fields['app_name'] === undefined) return null;
  const at = timeOf(fields['timestamp']);
  return { ...bare(message.replace(/\n$/, '')), at, service: textOf(fields['app_name']) };
};

/** Fields that tell about the line and not about what happened. */
const FRAME = new Set(
  'level time timestamp ts @timestamp pid hostname name service v msg message err error stack node severity logger'.split(
    ' ',
  ),
);

const restOf = (fields: Fields): string => {
  const rest = Object.fromEntries(Object.entries(fields).filter(([key]) => !FRAME.has(key)));
  return Object.keys(rest).length === 0 ? '' : JSON.stringify(rest).slice(0, REST_LIMIT);
};

/** The first of some fields that holds a text. */
const firstText = (fields: Fields, names: readonly string[]): string | null =>
  names.map((name) => textOf(fields[name])).find((text) => text !== null) ?? null;

const ERROR_FIELDS = ['err', 'error', 'exception'];

const stackOf = (fields: Fields): string => {
  const error = ERROR_FIELDS.map((name) => objectOf(fields[name])).find((found) => found !== null) ?? {};
  const told = firstText(error, ['stack']) ?? firstText(fields, ['stack', 'stacktrace']);
  if (told !== null) return told;
  const type = firstText(error, ['type', 'name']) ?? 'Error';
  const message = firstText(error, ['message']) ?? firstText(fields, ERROR_FIELDS);
  return message === null ? '' : `${type}: ${message}`;
};

const TIME_FIELDS = ['time', 'timestamp', 'ts', '@timestamp'];

/** The message; under trouble also the stack, and what other fields tell of it. */
const tellOf = (fields: Fields, message: string | null, level: Level): string => {
  const isTrouble = level === 'error' || level === 'fatal';
  const lines = isTrouble ? [message ?? '', stackOf(fields), restOf(fields)] : [message ?? ''];
  return lines.filter((line) => line !== '').join('\n');
};

/** pino, winston, bunyan and whoever writes alike. */
const applicationLine = (fields: Fields): Unwrapped | null => {
  const message = firstText(fields, ['msg', 'message']);
  const level = levelOf(fields['level'] ?? fields['severity']);
  if (level === null || (message === null && fields['err'] === undefined)) return null;
  return {
    text: tellOf(fields, message, level),
    at: TIME_FIELDS.map((name) => timeOf(fields[name])).find((at) => at !== null) ?? null,
    dated: true,
    service: firstText(fields, ['name', 'service']),
    pid: numberOf(fields['pid']),
    ident: null,
    level,
    partial: false,
    innermost: true,
  };
};

/** What a line of JSON wraps; null when it is no JSON or none of a known kind. */
export const unwrapJson = (text: string): Unwrapped | null => {
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  let fields: Fields | null;
  try {
    fields = objectOf(JSON.parse(text));
  } catch {
    // Cut or never JSON: it stays the text it is.
    return null;
  }
  if (fields === null) return null;
  if (fields['MESSAGE'] !== undefined) return journalEntry(fields);
  return dockerLine(fields) ?? pm2Line(fields) ?? applicationLine(fields);
};
