import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { rotatedName } from '../../src/logs/decode/rotated.ts';

/** The files of a log, the oldest first. */
export const logParts = (log: string): readonly string[] =>
  readdirSync(dirname(log))
    .filter((name) => !name.startsWith('.') && rotatedName(name).stream === basename(log))
    .toSorted((a, b) => rotatedName(b).age - rotatedName(a).age)
    .map((name) => join(dirname(log), name));

const textOf = (file: string): string => {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

/** All that a log and its rotated parts hold. */
export const wholeLog = (log: string): string => logParts(log).map(textOf).join('');

/** What became of lines that `log-lines.mjs` numbered. */
export interface Count {
  readonly lines: number;
  readonly torn: readonly string[];
  /** Numbers that are there twice, or after a higher one. */
  readonly outOfOrder: number;
  readonly missing: number;
}

/** Counts the numbered lines of a text. `shape` finds the number in a line. */
export const countLines = (text: string, expected: number, shape: RegExp = /^line (\d+) é+ end$/): Count => {
  const lines = text.split('\n').slice(0, -1);
  const seen = new Set<number>();
  const torn: string[] = [];
  let last = -1;
  let outOfOrder = 0;
  for (const line of lines) {
    const number = shape.exec(line)?.[1];
    if (number === undefined) torn.push(line);
    else {
      if (Number(number) <= last) outOfOrder += 1;
      last = Number(number);
      seen.add(last);
    }
  }
  return { lines: lines.length, torn, outOfOrder, missing: expected - seen.size };
};

/** Nothing lost, torn, doubled or out of order. */
export const allOf = (expected: number): Count => ({ lines: expected, torn: [], outOfOrder: 0, missing: 0 });

/** The numbered lines of a log with its rotated parts. */
export const countLog = (log: string, expected: number, shape?: RegExp): Count =>
  countLines(existsSync(dirname(log)) ? wholeLog(log) : '', expected, shape);
