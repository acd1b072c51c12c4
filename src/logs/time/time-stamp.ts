import { isoStamp } from './iso-stamp.ts';

/** A point of time that a line tells about itself. */
export interface TimeStamp {
  /** Milliseconds since the epoch; from midnight when there is no date. */
  readonly at: number;
  readonly dated: boolean;
  /** How much text stands before it that is not a part of it. */
  readonly start: number;
  /** Where the text after it begins. */
  readonly end: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const CLOCK = String.raw`(?<h>\d{1,2}):(?<m>\d\d):(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?`;
const HALF = String.raw`(?:[ \u202f]?(?<half>[AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`(?: ?(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)(?!\w))?`;

/** Every dated form. The groups are named alike, so one function reads them all. */
const DATED: readonly RegExp[] = [
  String.raw`(?<y>\d{4})-(?<mo>\d\d)-(?<d>\d\d)[T _]${CLOCK}${ZONE}`,
  String.raw`(?<y>\d{4})/(?<mo>\d\d)/(?<d>\d\d)[ T]${CLOCK}${ZONE}`,
  String.raw`(?<a>\d{1,2})[/.-](?<b>\d{1,2})[/.-](?<y>\d{4}),?[ T]${CLOCK}${HALF}${ZONE}`,
  String.raw`(?<d>\d{1,2})/(?<name>${MONTH})/(?<y>\d{4})[: ]${CLOCK}${ZONE}`,
  String.raw`(?:[A-Z][a-z]{2},? )(?<name>${MONTH}) (?<d>[ \d]\d) (?<y>\d{4}) ${CLOCK}(?: GMT(?<zone>[+-]\d{4}))?`,
  String.raw`(?:[A-Z][a-z]{2},? )(?<name>${MONTH}) (?<d>[ \d]\d) ${CLOCK}${HALF}(?: [A-Z]{2,5})? (?<y>\d{4})`,
  String.raw`(?:[A-Z][a-z]{2},? )(?<d>\d{1,2}) (?<name>${MONTH}) (?<y>\d{4}) ${CLOCK}${ZONE}`,
  String.raw`(?<name>${MONTH}) (?<d>[ \d]\d) ${CLOCK}`,
  String.raw`[IWEF](?<mo>\d\d)(?<d>\d\d) ${CLOCK}`,
].map((source) => new RegExp(source, 'y'));

const CLOCK_ONLY = new RegExp(String.raw`${CLOCK}${HALF}(?![\d:])`, 'y');
const EPOCH = /(\d{13}|\d{10}(?:\.\d{1,9})?)(?=[\s:,\]])/y;
const LEVEL_WORD =
  /[[(<]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|trace|debug|info|warn|error|fatal)[\])>]?:?[ \t|]+/y;
/** What may stand before and after a stamp. */
const OPENING = /[[("<]?/y;
const CLOSING = /[\])">]?(?:[:,]|[ \t]+[-|])?[ \t]?/y;

/** The Buddhist era is 543 years ahead; nobody logs in the Christian year 2400. */
const christianYear = (year: number): number => (year >= 2400 && year < 2800 ? year - 543 : year);

const zoneMinutes = (zone: string | undefined): number => {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
};

type Groups = Readonly<Record<string, string | undefined>>;

const clockOf = ({ h, m, s, f = '', half }: Groups): number => {
  const hour = half === undefined ? Number(h) : (Number(h) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return ((hour * 60 + Number(m)) * 60 + Number(s)) * 1000 + Math.floor(Number(f.padEnd(3, '0').slice(0, 3)));
};

/** Month and day of a date whose two first numbers do not say which is which. */
const monthAndDay = (first: number, second: number, { half, y }: Groups): readonly [number, number] => {
  if (first > 12) return [second, first];
  if (second > 12) return [first, second];
  // Twelve-hour clocks come with the month first; Buddhist years and all others with the day.
  return half !== undefined && Number(y) < 2400 ? [first, second] : [second, first];
};

const dateOf = (groups: Groups, year: number): number => {
  const { mo, d, name, a, b } = groups;
  if (a !== undefined && b !== undefined) {
    const [month, day] = monthAndDay(Number(a), Number(b), groups);
    return Date.UTC(year, month - 1, day);
  }
  const month = name === undefined ? Number(mo) - 1 : MONTHS.indexOf(name.toLowerCase());
  return Date.UTC(year, month, Number(d));
};

const stampOf = (groups: Groups, year: number, end: number): TimeStamp | null => {
  const at = dateOf(groups, year) + clockOf(groups) - zoneMinutes(groups['zone']) * 60_000;
  return Number.isFinite(at) ? { at, dated: true, start: 0, end } : null;
};

const matchAt = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  pattern.lastIndex = from;
  return pattern.exec(text);
};

const lengthAt = (pattern: RegExp, text: string, from: number): number => matchAt(pattern, text, from)?.[0].length ?? 0;

const epochStamp = (text: string, from: number): TimeStamp | null => {
  const match = matchAt(EPOCH, text, from);
  if (match === null) return null;
  const [digits] = match;
  const at = digits.length === 13 ? Number(digits) : Number(digits) * 1000;
  return { at, dated: true, start: 0, end: from + digits.length };
};

const clockStamp = (text: string, from: number): TimeStamp | null => {
  const match = matchAt(CLOCK_ONLY, text, from);
  if (match === null) return null;
  return { at: clockOf(match.groups ?? {}), dated: false, start: 0, end: from + match[0].length };
};

const datedStamp = (text: string, from: number, year: number): TimeStamp | null => {
  for (const pattern of DATED) {
    const match = matchAt(pattern, text, from);
    if (match === null) continue;
    const groups = match.groups ?? {};
    const told = groups['y'] === undefined ? year : christianYear(Number(groups['y']));
    return stampOf(groups, told, from + match[0].length);
  }
  return null;
};

const MAY_BEGIN = /[\dA-Z]/;

const stampAt = (text: string, from: number, year: number): TimeStamp | null =>
  MAY_BEGIN.test(text.charAt(from))
    ? (datedStamp(text, from, year) ?? clockStamp(text, from) ?? epochStamp(text, from))
    : null;

const closed = (text: string, stamp: TimeStamp): TimeStamp => ({
  ...stamp,
  end: stamp.end + lengthAt(CLOSING, text, stamp.end),
});

/** How far into a line a stamp may stand behind a logger's own words. */
const REACH = 48;
const ANYWHERE =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d|\d{1,2}\/\d{1,2}\/\d{4},? \d{1,2}:\d\d:\d\d|\d\d\/[A-Z][a-z]{2}\/\d{4}:/;

/**
 * The time stamp a line begins with, or has near its beginning: ISO, the forms PM2 writes, twelve-hour clocks, day-first
 * dates, Buddhist years, syslog, Go, klog, Apache, seconds since the epoch, a clock alone. A stamp without a zone is read
 * as UTC; one without a year is given `year`.
 */
export const readTimeStamp = (text: string, year: number): TimeStamp | null => {
  // Most lines of most logs, at a tenth of the cost.
  const iso = isoStamp(text);
  if (iso !== null) return { at: iso.at, dated: true, start: 0, end: iso.length + 1 };
  const skipped = lengthAt(LEVEL_WORD, text, 0);
  const from = skipped + lengthAt(OPENING, text, skipped);
  const found = stampAt(text, from, year);
  if (found !== null) return closed(text, found);
  const inside = ANYWHERE.exec(text.slice(0, REACH));
  if (inside === null) return null;
  const stamp = stampAt(text, inside.index, year);
  return stamp === null ? null : { ...closed(text, stamp), start: inside.index };
};
