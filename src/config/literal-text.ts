/** What is being read, and how far. */
interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

/** Thrown, and caught here, by what only running the text could tell. */
const NO_LITERAL = new Error('this is no literal');

const DEEPEST = 100;

const SPACE = /(?:\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
const DIRECTIVE = /(?:'use strict'|"use strict")[ \t]*;/y;
const EXPORTS = /module\.exports\s*=(?!=)/y;
const END = /;?/y;
/** Characters and escapes of strings that mean the same everywhere. */
const STRING = /"((?:[^"\\\n\r\u2028\u2029]|\\["'\\/nrt])*)"|'((?:[^'\\\n\r\u2028\u2029]|\\["'\\/nrt])*)'/y;
const TEMPLATE = /`([^`\\$\r]*)`/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.$])/y;
const WORD = /(?:true|false|null)(?![\w$\\])/y;
const NAME = /[A-Za-z_$][\w$]*(?![\\\u0080-\uffff])/y;

/** Names that do more than to name. */
const ODD_NAMES = new Set(['__proto__', '__esModule']);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** Reads what matches here; `null` when nothing does. */
const take = (cursor: Cursor, pattern: RegExp): RegExpExecArray | null => {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found !== null) cursor.at = pattern.lastIndex;
  return found;
};

const giveUp = (): never => {
  throw NO_LITERAL;
};

const must = <T>(value: T | null): T => value ?? giveUp();

const skip = (cursor: Cursor): void => void take(cursor, SPACE);

/** Is this sign the next? Then it is read. */
const sign = (cursor: Cursor, wanted: string): boolean => {
  skip(cursor);
  const isNext = cursor.text[cursor.at] === wanted;
  if (isNext) cursor.at += 1;
  return isNext;
};

const readString = (cursor: Cursor): string | null => {
  const found = take(cursor, STRING);
  return (found?.[1] ?? found?.[2])?.replaceAll(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped) ?? null;
};

const readNumber = (cursor: Cursor): number => {
  const value = Number(must(take(cursor, NUMBER))[0]);
  // JSON knows but one 0, and nothing without an end.
  return Number.isFinite(value) ? value + 0 : giveUp();
};

/** Parts between two signs, with a comma after each but perhaps the last. */
const readParts = (cursor: Cursor, close: string, readPart: () => void): void => {
  cursor.depth += 1;
  if (cursor.depth > DEEPEST) giveUp();
  while (!sign(cursor, close)) {
    readPart();
    if (sign(cursor, ',')) continue;
    if (!sign(cursor, close)) giveUp();
    break;
  }
  cursor.depth -= 1;
};

const readList = (cursor: Cursor): readonly unknown[] => {
  const list: unknown[] = [];
  readParts(cursor, ']', () => list.push(readValue(cursor)));
  return list;
};

const readObject = (cursor: Cursor): Readonly<Record<string, unknown>> => {
  const result: Record<string, unknown> = {};
  readParts(cursor, '}', () => {
    skip(cursor);
    const name = readString(cursor) ?? must(take(cursor, NAME))[0];
    if (ODD_NAMES.has(name) || !sign(cursor, ':')) giveUp();
    result[name] = readValue(cursor);
  });
  return result;
};

const readValue = (cursor: Cursor): unknown => {
  if (sign(cursor, '{')) return readObject(cursor);
  if (sign(cursor, '[')) return readList(cursor);
  const text = readString(cursor) ?? take(cursor, TEMPLATE)?.[1];
  if (text !== undefined) return text;
  const word = take(cursor, WORD);
  return word === null ? readNumber(cursor) : WORDS[word[0]];
};

/**
 * What a program exports that does nothing but `module.exports = ` a literal; `null` for every other, which only running it
 * could tell. Whatever it does not know for certain is no literal.
 */
export const readLiteralExports = (text: string): { readonly value: unknown } | null => {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  try {
    skip(cursor);
    take(cursor, DIRECTIVE);
    skip(cursor);
    must(take(cursor, EXPORTS));
    const value = readValue(cursor);
    skip(cursor);
    take(cursor, END);
    skip(cursor);
    return cursor.at === text.length ? { value } : null;
  } catch (error) {
    if (error !== NO_LITERAL) throw error;
    return null;
  }
};
