import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineSplitter } from '../../../src/supervisor/log-view/split-lines.ts';
import type { FileLine, LineShape, ReadAt } from '../../../src/supervisor/log-view/types.ts';
import { linesBackwards, type Walk } from '../../../src/supervisor/log-view/walk-back.ts';

const seed = Number(process.env['DEVDOCTOR_SEED'] ?? Date.now() % 1_000_000_000);
const runs = { seed, numRuns: Number(process.env['DEVDOCTOR_RUNS'] ?? 200) };

const WHOLE: LineShape = { cap: 1_000_000, long: 'cut' };

const reader =
  (bytes: Buffer): ReadAt =>
  (offset, length) =>
    Buffer.from(bytes.subarray(offset, offset + length));

/** What lines there are, told the simplest way. */
const expected = (text: string): readonly { readonly text: string; readonly ended: boolean }[] => {
  const parts = text.split('\n');
  const last = parts.pop() ?? '';
  const ended = parts.map((part) => ({ text: part, ended: true }));
  return last === '' ? ended : [...ended, { text: last, ended: false }];
};

const seen = (lines: readonly FileLine[]): readonly { readonly text: string; readonly ended: boolean }[] =>
  lines.map(({ bytes, ended }) => ({ text: bytes.toString('utf8'), ended }));

const offsetsOf = (lines: readonly FileLine[]): readonly number[] => lines.map(({ offset }) => offset);

const inChunks = (bytes: Buffer, size: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) =>
    Buffer.from(bytes.subarray(place * size, (place + 1) * size)),
  );

const split = (bytes: Buffer, size: number, shape = WHOLE): readonly FileLine[] => {
  const splitter = lineSplitter(shape, 0);
  const lines = inChunks(bytes, size).flatMap((chunk) => [...splitter.push(chunk)]);
  const rest = splitter.rest();
  return rest === null ? lines : [...lines, rest];
};

const back = (bytes: Buffer, walk: Partial<Walk> = {}): readonly FileLine[] =>
  [
    ...linesBackwards(reader(bytes), bytes.length, { chunkBytes: 7, cap: 1_000_000, reachBytes: 1_000_000, ...walk }),
  ].toReversed();

const line = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '東', '🛒', 'ก้', '\r', ' '), maxLength: 12 }),
  fc.constant(''),
);
const text = fc.tuple(fc.array(line, { maxLength: 12 }), fc.boolean()).map(([lines, ends]) => {
  const joined = lines.join('\n');
  return ends && lines.length > 0 ? `${joined}\n` : joined;
});
const size = fc.integer({ min: 1, max: 40 });

describe(`lines of a file (seed ${seed})`, () => {
  it('are the same forwards and backwards, wherever the chunks end', () => {
    fc.assert(
      fc.property(text, size, size, (text, forwards, backwards) => {
        const bytes = Buffer.from(text, 'utf8');
        const [there, andBack] = [split(bytes, forwards), back(bytes, { chunkBytes: backwards })];
        expect(seen(there)).toEqual(expected(text));
        expect(seen(andBack)).toEqual(expected(text));
        expect(offsetsOf(andBack)).toEqual(offsetsOf(there));
      }),
      runs,
    );
  });

  it('are cut alike, and tell how long they were', () => {
    fc.assert(
      fc.property(text, size, size, size, (text, cap, forwards, backwards) => {
        const bytes = Buffer.from(text, 'utf8');
        const there = split(bytes, forwards, { cap, long: 'cut' });
        const andBack = back(bytes, { chunkBytes: backwards, cap });
        expect(andBack).toEqual(there);
        expect(there.map(({ length }) => length)).toEqual(
          expected(text).map(({ text }) => Buffer.byteLength(text, 'utf8')),
        );
        expect(there.every(({ bytes }) => bytes.length <= cap)).toBe(true);
      }),
      runs,
    );
  });

  it('come whole out of pieces', () => {
    fc.assert(
      fc.property(text, size, size, (text, cap, chunk) => {
        const pieces = split(Buffer.from(text, 'utf8'), chunk, { cap, long: 'pieces' });
        const again = Buffer.concat(
          pieces.flatMap(({ bytes, ended }) => (ended ? [bytes, Buffer.from('\n')] : [bytes])),
        );
        expect(again.toString('utf8')).toBe(text);
        expect(pieces.every(({ bytes }) => bytes.length <= cap + chunk)).toBe(true);
        expect(pieces.slice(1).every(({ continued }, place) => continued === !pieces[place]?.ended)).toBe(true);
      }),
      runs,
    );
  });

  it('are not looked for without end: a long one is given without its beginning, and is the last', () => {
    const lines = back(Buffer.from(`first\n${'x'.repeat(100)}`), { chunkBytes: 16, reachBytes: 40, cap: 8 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ torn: true, ended: false, length: 48 });
    expect(lines[0]?.bytes.toString()).toBe('xxxxxxxx');
  });

  it('end where the file became shorter meanwhile', () => {
    const short: ReadAt = () => Buffer.alloc(0);
    expect([...linesBackwards(short, 100, { chunkBytes: 10, cap: 10, reachBytes: 10 })]).toEqual([]);
  });

  it('go on after what was given of them before they ended', () => {
    const splitter = lineSplitter(WHOLE, 0);
    expect(splitter.push(Buffer.from('a\nhalf'))).toMatchObject([{ ended: true, continued: false }]);
    expect(splitter.waiting()).toBe(4);
    expect(splitter.rest()).toMatchObject({ offset: 2, length: 4, ended: false, continued: false });
    expect(splitter.rest()).toBeNull();
    const [end, next] = splitter.push(Buffer.from(' more\nnext\n'));
    expect(end).toMatchObject({ offset: 6, length: 5, ended: true, continued: true });
    expect(next).toMatchObject({ offset: 12, continued: false });
  });
});
