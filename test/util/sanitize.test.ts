import { describe, expect, it } from 'vitest';
import { sanitize } from '../../src/util/sanitize.ts';

const between = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

const CONTROLS = [...between(0x00, 0x1f), ...between(0x7f, 0x9f)];
const BIDI = [0x061c, 0x200e, 0x200f, ...between(0x202a, 0x202e), ...between(0x2066, 0x2069)];
const HIDDEN = [0x00ad, 0x200b, 0x2028, 0x2029, ...between(0x2060, 0x2065), 0xfeff, ...between(0xfff9, 0xfffc)];

const named = (codes: readonly number[]): readonly (readonly [string, string])[] =>
  codes.map((code) => [`U+${code.toString(16).padStart(4, '0')}`, String.fromCodePoint(code)] as const);

describe('sanitize', () => {
  it.each(named([...CONTROLS, ...BIDI, ...HIDDEN]))('shows %s in words of plain characters', (_, character) => {
    expect(sanitize(`a${character}b`)).toMatch(/^a\\(?:[nrt]|x[0-9a-f]{2}|u[0-9a-f]{4})b$/);
  });

  it.each([
    ['\u0000', String.raw`\x00`],
    ['\u001b', String.raw`\x1b`],
    ['\n', String.raw`\n`],
    ['\r', String.raw`\r`],
    ['\t', String.raw`\t`],
    ['\u009b', String.raw`\x9b`],
    ['\u202e', String.raw`\u202e`],
  ])('writes %j as %s', (character, text) => {
    expect(sanitize(character)).toBe(text);
  });

  it.each([
    '\u001b[31mred\u001b[0m',
    '\u001b]0;title\u0007',
    '\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\',
    '\u001b]52;c;aGk=\u0007',
    '\u009b2J',
    '\u0090q\u009c',
    'progress 1%\rprogress 2%',
    'a\bb\u007f',
    '\u001b\u001b[[2J',
  ])('leaves nothing of %j that a terminal would obey', (text) => {
    expect(sanitize(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  it.each([
    'node server.js --port 3000',
    'เซิร์ฟเวอร์พัฒนา',
    '開発サーバー',
    'Überprüfung ñandú',
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f1f9}\u{1f1ed} ❤️',
    'می\u200cخواهم',
    String.raw`C:\new\temp \x1b`,
    '',
  ])('leaves %j as it is', (text) => {
    expect(sanitize(text)).toBe(text);
  });

  it.each([
    ['\ud83d', '\ufffd'],
    ['\ude00\ud83d', '\ufffd\ufffd'],
    ['a\udc00b', 'a\ufffdb'],
    ['\ud83d\ude00', '\u{1f600}'],
  ])('puts the sign for "unknown" where half a character stands: %j', (text, expected) => {
    expect(sanitize(text)).toBe(expected);
  });

  it('cuts 100 KB to what can be read, and tells how long it was', () => {
    const text = sanitize('x'.repeat(102_400));
    expect(text).toBe(`${'x'.repeat(4_096)}… (102400 characters)`);
  });

  it('keeps a text that is just as long as the limit', () => {
    expect(sanitize('abcd', 4)).toBe('abcd');
    expect(sanitize('abcde', 4)).toBe('abcd… (5 characters)');
  });

  it('cuts a wide character in no way that leaves half of it', () => {
    const text = sanitize(`abc${'\u{1f600}'.repeat(3)}`, 4);
    expect(text.isWellFormed()).toBe(true);
    expect(text).toContain('abc');
  });

  it('makes 100 KB of nothing but escapes harmless', () => {
    expect(sanitize('\u001b[2J'.repeat(25_600))).not.toContain('\u001b');
  });
});
