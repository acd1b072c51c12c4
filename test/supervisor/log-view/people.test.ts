import { describe, expect, it } from 'vitest';
import { nameWidthOf, peopleLines, type LineStyle } from '../../../src/supervisor/log-view/people-line.ts';
import { rawLines } from '../../../src/supervisor/log-view/raw-lines.ts';
import { sourcesOf } from '../../../src/supervisor/log-view/sources-of.ts';
import type { Stream, ViewedLine } from '../../../src/supervisor/log-view/types.ts';
import { displayWidth } from '../../../src/util/display-width.ts';
import { aLogSpec, aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';
import { aSource } from './viewing.ts';

const aLine = (text: string | Uint8Array, said: Partial<ViewedLine> = {}): ViewedLine => {
  const bytes = Buffer.from(text);
  return {
    source: aSource('/log', 'api', 0),
    offset: 0,
    bytes,
    length: bytes.length,
    ended: true,
    continued: false,
    torn: false,
    at: 0,
    order: 0,
    ...said,
  };
};

const peopleLine = (line: ViewedLine, style: LineStyle): string => peopleLines(style)(line);

const PLAIN: LineStyle = { colors: false, nameWidth: 3, stamp: null };
const COLORS: LineStyle = { ...PLAIN, colors: true };

const PLAIN_TEXTS: readonly (readonly [written: string | Uint8Array, shown: string])[] = [
  ['ready', 'ready'],
  ['windows\r', 'windows'],
  ['10 %\r50 %\r100 %', '100 %'],
  ['10 %\r50 %\r', '50 %'],
  ['a\tb', 'a\tb'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b[2Jwiped', '\\x1b[2Jwiped'],
  ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
  ['\u0000\u0000', '\\x00\\x00'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
  [Buffer.from([0x61, 0xff, 0x62]), 'a\ufffdb'],
  ['สวัสดี 🛒', 'สวัสดี 🛒'],
];

describe('a line for people', () => {
  it.each(PLAIN_TEXTS)('shows %j as %j', (written, shown) => {
    expect(peopleLine(aLine(written), PLAIN)).toBe(`api | ${shown}\n`);
  });

  it('keeps colours where there are colours, ends them, and keeps nothing else', () => {
    expect(peopleLine(aLine('\u001b[1;31mred\u001b[Hx'), COLORS)).toContain(' | \u001b[1;31mred\\x1b[Hx\u001b[0m\n');
    expect(peopleLine(aLine('plain'), COLORS)).toContain(' | plain\n');
  });

  it('tells standard error by its sign, and by its colour where there are colours', () => {
    const source = aSource('/log', 'api', 0, 'err');
    expect(peopleLine(aLine('boom', { source }), PLAIN)).toBe('api ! boom\n');
    expect(peopleLine(aLine('boom', { source }), COLORS)).toContain('\u001b[31m!\u001b[0m boom');
  });

  it('has an empty line without a space at its end, and nothing for the late end of one', () => {
    expect(peopleLine(aLine(''), PLAIN)).toBe('api |\n');
    expect(peopleLine(aLine('', { continued: true }), PLAIN)).toBe('');
  });

  it('says how long a line is that was cut', () => {
    expect(peopleLine(aLine('abc', { length: 3_145_728 }), PLAIN)).toBe('api | abc … (3 MB long)\n');
    expect(peopleLine(aLine('abc', { length: 67_108_864, torn: true }), PLAIN)).toBe(
      'api | abc … (more than 64 MB long)\n',
    );
    const inTwo = Buffer.from('ก').subarray(0, 2);
    expect(peopleLine(aLine(Buffer.concat([Buffer.from('x'), inTwo]), { length: 9_000 }), PLAIN)).toContain('| x …');
  });

  it('has the time before it, and room for it where it is not known', () => {
    const style = { ...PLAIN, stamp: (at: number) => new Date(at).toISOString() };
    expect(peopleLine(aLine('a', { at: 5 }), style)).toBe('1970-01-01T00:00:00.005Z api | a\n');
    expect(peopleLine(aLine('a', { at: null }), style)).toBe(`${' '.repeat(24)} api | a\n`);
  });

  it('aligns names of any script, and cuts the longest', () => {
    const sources = ['api', 'ร้านค้า', '東京', '🛒 cart', 'a-name-that-is-much-too-long'].map((name, id) =>
      aSource(`/${id}`, name, id),
    );
    const nameWidth = nameWidthOf(sources);
    expect(nameWidth).toBe(20);
    const bars = sources.map((source) => {
      const line = peopleLine(aLine('x', { source }), { ...PLAIN, nameWidth });
      return displayWidth(line.slice(0, line.indexOf('|')));
    });
    expect(bars).toEqual([21, 21, 21, 21, 21]);
  });

  it('makes control characters of a name visible', () => {
    const source = aSource('/log', '\u001b[2J', 0);
    expect(peopleLine(aLine('x', { source }), PLAIN)).toBe('\\x1b[2J | x\n');
  });
});

describe('raw lines', () => {
  it('are what was written, byte for byte', () => {
    const print = rawLines();
    const bytes = Buffer.from([0xff, 0x1b, 0x0d]);
    expect(print([aLine(bytes), aLine('b', { ended: false })])).toEqual(Buffer.concat([bytes, Buffer.from('\nb')]));
    expect(print([aLine('c', { continued: true })]).toString()).toBe('c\n');
  });

  it('begin anew where another log broke off', () => {
    const print = rawLines();
    const other = aSource('/other', 'web', 1);
    expect(print([aLine('a', { ended: false }), aLine('b', { source: other })]).toString()).toBe('a\nb\n');
  });
});

const record = (id: number, name: string, logs: Parameters<typeof aLogSpec>[0]) =>
  aServiceRecord({ id, spec: aServiceSpec({ name, logs: aLogSpec(logs) }), logs: aLogSpec(logs) });
const BOTH = new Set<Stream>(['out', 'err']);

describe('sourcesOf', () => {
  const rowsOf = (records: Parameters<typeof sourcesOf>[0], streams = BOTH, chosen = records) => {
    const { sources, notices } = sourcesOf(records, chosen, streams);
    return { rows: sources.map(({ label, stream, path, id }) => `${id} ${label} ${stream} ${path}`), notices };
  };

  it('gives both streams of each, and the wanted one', () => {
    const all = [
      record(1, 'web', { out: '/w.out', error: '/w.err' }),
      record(0, 'api', { out: '/a.out', error: '/a.err' }),
    ];
    expect(rowsOf(all).rows).toEqual(['0 api out /a.out', '0 api err /a.err', '1 web out /w.out', '1 web err /w.err']);
    expect(rowsOf(all, new Set(['err'])).rows).toEqual(['0 api err /a.err', '1 web err /w.err']);
  });

  it('tells instances apart by their ids, also where only one is chosen', () => {
    const all = [record(0, 'api', { out: '/0' }), record(3, 'api', { out: '/3' })];
    expect(rowsOf(all).rows).toEqual(['0 api:0 out /0', '3 api:3 out /3']);
    expect(rowsOf(all, BOTH, all.slice(1)).rows).toEqual(['3 api:3 out /3']);
  });

  it('shows a file that is shared once, under the name alone', () => {
    const all = [record(0, 'api', { out: '/same' }), record(1, 'api', { out: '/same' })];
    expect(rowsOf(all).rows).toEqual(['0 api out /same']);
  });

  it('shows a file with both streams whichever is wanted', () => {
    const all = [record(0, 'a', { out: '/both', error: '/both' }), record(1, 'b', { combined: '/all' })];
    for (const streams of [BOTH, new Set<Stream>(['err']), new Set<Stream>(['out'])]) {
      expect(rowsOf(all, streams)).toEqual({ rows: ['0 a out /both', '1 b out /all'], notices: [] });
    }
  });

  it('shows no file with both streams beside those of each', () => {
    expect(rowsOf([record(0, 'a', { out: '/o', error: '/e', combined: '/all' })]).rows).toHaveLength(2);
  });

  it('says whose logs are disabled', () => {
    const all = [record(0, 'a', {}), record(1, 'b', { out: '/o' })];
    expect(rowsOf(all)).toEqual({
      rows: ['1 b out /o'],
      notices: ['a keeps no logs: they are disabled in its configuration'],
    });
    expect(rowsOf(all.slice(1), new Set(['err'])).notices).toEqual([
      'b keeps no log of its standard error: it is disabled in its configuration',
    ]);
  });
});
