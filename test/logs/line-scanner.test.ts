import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineScanner } from '../../src/logs/scan/line-scanner.ts';
import { LINE_BYTES } from '../../src/logs/scan/read-line.ts';
import type { ScanOptions } from '../../src/logs/scan/scan-state.ts';
import type { LineSink } from '../../src/logs/scan/line-sink.ts';
import { needleFinder } from '../../src/logs/scan/needle-finder.ts';
import { plainEngine, searchEngine } from '../../src/logs/scan/search-engine.ts';

/** Another seed may be given; the one in use is in the names of the tests. */
const seed = Number(process.env['DEVDOCTOR_SEED'] ?? Date.now() % 1_000_000_000);

interface Seen {
  readonly lines: { readonly text: string; readonly number: number; readonly offset: number }[];
  skipped: number;
}

const scan = (text: string, size: number, readAllBytes = Number.MAX_SAFE_INTEGER): Seen => {
  const seen: Seen = { lines: [], skipped: 0 };
  const sink: LineSink = {
    line: ({ bytes, start, end, number, offset }) => {
      seen.lines.push({ text: bytes.toString('utf8', start, end), number, offset });
      return false;
    },
    skipped: (count) => {
      seen.skipped += count;
    },
    errorState: () => 'none',
    learned: () => {},
    repeated: () => {},
    alike: () => {},
    livesPassed: () => {},
  };
  const finder: ScanOptions['finder'] = (sample, capacity) => needleFinder(['needle'], sample, capacity);
  const scanner = lineScanner(sink, { finder, readAllBytes, offset: 0 });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  scanner.end();
  return seen;
};

describe.each([1, 3, 64, 100_000])('lineScanner in pieces of %d bytes', (size) => {
  it('gives every line with its number and place', () => {
    const { lines } = scan('one\n\nthree\nlast', size);
    expect(lines).toEqual([
      { text: 'one', number: 1, offset: 0 },
      { text: '', number: 2, offset: 4 },
      { text: 'three', number: 3, offset: 5 },
      { text: 'last', number: 4, offset: 11 },
    ]);
  });

  it('cuts a long line and counts it once', () => {
    const { lines } = scan(`a\n${'x'.repeat(LINE_BYTES * 3)}\nb\n`, size);
    expect(lines.map(({ text, number }) => [text.length, number])).toEqual(
      [
        [1, 1],
        [LINE_BYTES, 2],
        [1, 3],
      ].map(([length, number]) => [length === LINE_BYTES ? expect.closeTo(LINE_BYTES, -5) : length, number]),
    );
    expect(lines.at(-1)).toEqual({ text: 'b', number: 3, offset: LINE_BYTES * 3 + 3 });
  });

  it('finds the lines that matter among those it skips', () => {
    const text = `${'plain\n'.repeat(100)}a needle here\n${'plain\n'.repeat(50)}`;
    const { lines, skipped } = scan(text, size, 0);
    expect(lines.find(({ text }) => text === 'a needle here')).toMatchObject({ number: 101, offset: 600 });
    expect(lines.length + skipped).toBe(151);
  });
});

const CAPACITY = 4096;

describe.each([
  ['the fastest engine', searchEngine],
  ['the plain engine', plainEngine],
])('needleFinder with %s', (_, engine) => {
  const find = (words: readonly string[], text: string, from = 0): number => {
    const finder = needleFinder(words, Buffer.from(text), CAPACITY, engine);
    const length = finder.text.write(text);
    finder.search(from, length);
    return finder.next(from);
  };

  it.each([
    [['EADDRINUSE'], 'listen EADDRINUSE: x', 7],
    [['Error', 'Killed'], 'process Killed by Error', 8],
    [['INFO up', 'INFO down'], 'INFO of INFO down', 8],
    [['aab'], 'aaab', 1],
    [['Error'], 'Erro', -1],
    [['ab'], 'b ab', 2],
    [['word'], '', -1],
    [['word'], 'word', 0],
  ])('finds the first of %j in %j', (words, text, place) => {
    expect(find(words, text)).toBe(place);
  });

  it('finds what indexOf finds, wherever it begins', () => {
    const text = 'Error: an Error in error handling; Killed; Errors';
    const words = ['Error', 'error', 'Killed'];
    for (let from = 0; from <= text.length; from += 1) {
      const places = words.map((word) => text.indexOf(word, from)).filter((place) => place !== -1);
      expect(find(words, text, from)).toBe(places.length === 0 ? -1 : Math.min(...places));
    }
  });

  it(`finds every line with a word and no other (seed ${seed})`, () => {
    const piece = fc.constantFrom('Error', 'Err', 'or', 'panic', 'pan', 'exited with', ' with', '\n', 'é', ' ', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        const words = ['Error', 'panic', 'exited with'];
        const text = Buffer.from(pieces.join(''));
        const finder = needleFinder(words, text.subarray(0, 50), CAPACITY, engine);
        const length = text.copy(finder.text);
        finder.search(0, length);
        const found = new Set<number>();
        for (let at = finder.next(0); at !== -1; at = finder.next(at + 1)) found.add(finder.countLines(0, at));
        const lines = text.toString('utf8').split('\n').entries();
        const expected = [...lines].filter(([, line]) => words.some((word) => line.includes(word)));
        expect([...found]).toEqual(expected.map(([number]) => number));
      }),
      { seed },
    );
  });

  it(`counts line feeds (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600, max: 12 }), fc.nat(600), fc.nat(600), (bytes, one, other) => {
        const [from = 0, to = 0] = [one, other].map((at) => Math.min(at, bytes.length)).toSorted((a, b) => a - b);
        const finder = needleFinder(['word'], bytes, CAPACITY, engine);
        finder.text.set(bytes);
        expect(finder.countLines(from, to)).toBe(bytes.subarray(from, to).filter((byte) => byte === 10).length);
      }),
      { seed },
    );
  });
});
