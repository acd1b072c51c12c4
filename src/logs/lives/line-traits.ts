import type { Level } from '../types.ts';
import {
  isAskedToStop,
  bootKindOf,
  isContinuation,
  isDone,
  isFrameHeader,
  isRawErrorHead,
  isTrouble,
  levelOfText,
  pidOfText,
} from './line-kinds.ts';
import { readMark, type Mark } from './marks.ts';
import { templateOf } from './template.ts';

/** What a text is by its words alone. Each trait is found at its first use: most lines need few. */
export interface LineTraits {
  readonly mark: Mark | null;
  readonly level: Level | null;
  readonly pid: number | null;
  readonly isHeader: boolean;
  readonly isRaw: boolean;
  /** It reads like the first thing a program says; `works`, like the beginning of a piece of work. */
  readonly boots: boolean;
  readonly works: boolean;
  readonly asked: boolean;
  readonly template: string;
  readonly isBlank: boolean;
  readonly isIndented: boolean;
  readonly continues: (afterRaw: boolean) => boolean;
  readonly troubled: (level: Level | null) => boolean;
  readonly done: (level: Level | null) => boolean;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
};

const traitsOf = (body: string, prefixed: boolean, ident: string | null): LineTraits => {
  const [level, pid] = [once(() => levelOfText(body)), once(() => pidOfText(body))];
  const [header, raw] = [once(() => isFrameHeader(body)), once(() => isRawErrorHead(body))];
  const [boot, asked] = [once(() => bootKindOf(body)), once(() => isAskedToStop(body))];
  const [afterRaw, afterSoft] = [once(() => isContinuation(body, true)), once(() => isContinuation(body, false))];
  const [grave, loud] = [once(() => isTrouble(body, null)), once(() => isDone(body, null))];
  const template = once(() => templateOf(body));
  return {
    mark: readMark(body, prefixed, ident),
    get level() {
      return level();
    },
    get pid() {
      return pid();
    },
    get isHeader() {
      return header();
    },
    get isRaw() {
      return raw();
    },
    get boots() {
      return boot() === 'program';
    },
    get works() {
      return boot() === 'work';
    },
    get asked() {
      return asked();
    },
    get template() {
      return template();
    },
    isBlank: body.trim() === '',
    isIndented: body.startsWith(' ') || body.startsWith('\t'),
    continues: (raw) => (raw ? afterRaw() : afterSoft()),
    troubled: (told) => told === 'error' || told === 'fatal' || (told !== 'info' && told !== 'debug' && grave()),
    done: (told) => told !== 'error' && told !== 'fatal' && loud(),
  };
};

const TEXTS_KEPT = 4096;
const LONGEST_KEPT = 512;

/** Knows the latest texts again: in a loop the same few hundred lines come over and over. */
export const lineClassifier = (): ((body: string, prefixed: boolean, ident: string | null) => LineTraits) => {
  const known = new Map<string, LineTraits>();
  return (body, prefixed, ident) => {
    const key = ident === null ? body : `${ident}\u0000${body}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = traitsOf(body, prefixed, ident);
    if (known.size >= TEXTS_KEPT) known.clear();
    if (body.length <= LONGEST_KEPT) known.set(key, made);
    return made;
  };
};
