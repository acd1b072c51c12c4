import { isUtf8 } from 'node:buffer';
import dayjs from 'dayjs';
import advancedFormat from 'dayjs/plugin/advancedFormat.js';
import type { LogSpec } from '../../../../model/service.ts';

/** Whole lines, or a part of one, on their way into a log. */
export interface Lines {
  readonly bytes: Buffer;
  /** Milliseconds since the epoch: when they were written. */
  readonly at: number;
  /** The first one began earlier, and has its stamp. */
  readonly mid: boolean;
  /** The last one has no newline, and will have none. */
  readonly ended: boolean;
}

/** Turns lines into what a log is to hold. */
export type LineFormat = (lines: Lines) => Buffer;

/** Whose lines they are. */
export interface Speaker {
  readonly id: number;
  readonly name: string;
  readonly type: 'out' | 'err';
}

dayjs.extend(advancedFormat);

/** The stamp of a moment in a pattern of `log_date_format`, made once for each millisecond. */
const stamps = (pattern: string): ((at: number) => string) => {
  let lastAt = Number.NaN;
  let last = '';
  return (at) => {
    if (at !== lastAt) [lastAt, last] = [at, dayjs(at).format(pattern)];
    return last;
  };
};

/** As they are. */
export const rawLines: LineFormat = ({ bytes }) => bytes;

/** Bytes as characters of the same number: what is no UTF-8 passes unchanged, and text is handled as fast as can be. */
const BYTES = 'latin1';

/** A replacement in which a dollar sign is one. */
const literally = (text: string): string => text.replaceAll('$', '$$$$');

const stampedLines = (pattern: string): LineFormat => {
  const stampOf = stamps(pattern);
  return ({ bytes, at, mid, ended }) => {
    const stamp = Buffer.from(`${stampOf(at)}: `).toString(BYTES);
    const text = bytes.toString(BYTES);
    const body = text.endsWith('\n') ? text.slice(0, -1) : text;
    const close = ended || body !== text ? '\n' : '';
    return Buffer.from(`${mid ? '' : stamp}${body.replaceAll('\n', literally(`\n${stamp}`))}${close}`, BYTES);
  };
};

/** What a string of JSON cannot hold as it is, but for the newlines between lines. */
const UNQUOTED = /["\\\u0000-\u0009\u000b-\u001f]/g;

const quoted = (text: string): string => text.replaceAll(UNQUOTED, (one) => JSON.stringify(one).slice(1, -1));

/** What is no UTF-8 is no text, and JSON is text. */
const validText = (bytes: Buffer): string => (isUtf8(bytes) ? bytes : Buffer.from(bytes.toString())).toString(BYTES);

const jsonLines = (pattern: string | null, { id, name, type }: Speaker): LineFormat => {
  const stampOf = pattern === null ? (at: number) => new Date(at).toISOString() : stamps(pattern);
  const who = `"type":"${type}","process_id":${id},"app_name":${JSON.stringify(name)}}`;
  return ({ bytes, at }) => {
    const close = Buffer.from(`","timestamp":${JSON.stringify(stampOf(at))},${who}\n`).toString(BYTES);
    const open = '{"message":"';
    const text = validText(bytes);
    const body = quoted(text.endsWith('\n') ? text.slice(0, -1) : text);
    return Buffer.from(`${open}${body.replaceAll('\n', literally(`${close}${open}`))}${close}`, BYTES);
  };
};

/** The format that a configuration asks for. */
export const lineFormat = (
  { dateFormat, type }: Pick<LogSpec, 'dateFormat' | 'type'>,
  speaker: Speaker,
): LineFormat => {
  if (type === 'json') return jsonLines(dateFormat, speaker);
  return dateFormat === null ? rawLines : stampedLines(dateFormat);
};
