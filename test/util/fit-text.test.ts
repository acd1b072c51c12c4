import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/util/display-width.ts';
import { truncate, wrap } from '../../src/util/fit-text.ts';

const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
const TEXTS = [
  'the dev server of yesterday still holds the port',
  'เซิร์ฟเวอร์พัฒนา ยังคงใช้พอร์ต กำลังทำงาน',
  '昨日の開発サーバーがまだポートを使っています',
  '어제의 개발 서버가 아직 포트를 쥐고 있습니다',
  '\u{1f680}\u{1f525}\u{1f40d} server \u{1f44d}\u{1f3fd} ready',
  `${FAMILY}${FAMILY} family`,
  '/a/very/long/path/without/any/space/in/it/node_modules/.bin/next',
  'cafe\u0301 nin\u0303o',
];
const WIDTHS = Array.from({ length: 40 }, (_, i) => 8 + i);

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['node', 4],
    ['开发', 4],
    ['가', 2],
    ['ｆｕｌｌ', 8],
    ['ｶﾅ', 2],
    ['\u{1f680}', 2],
    ['e\u0301', 1],
    ['กี่', 1],
    ['เซิร์ฟเวอร์', 8],
    ['กำ', 2],
    ['…', 1],
    ['a\u200db', 2],
  ])('of %j is %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('truncate', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['', 3, ''],
    ['開発サーバー', 7, '開発サ…'],
    ['開発サーバー', 6, '開発…'],
    ['กี่กี่กี่', 2, 'กี่…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['\u{1f680}\u{1f525}', 3, '\u{1f680}…'],
  ])('cuts %j to %i columns: %j', (text, width, expected) => {
    expect(truncate(text, width)).toBe(expected);
  });

  it.each(TEXTS)('never exceeds the width, loses nothing but the end and halves no character: %j', (text) => {
    for (const width of WIDTHS) {
      const cut = truncate(text, width);
      expect(displayWidth(cut)).toBeLessThanOrEqual(width);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut === text || text.startsWith(cut.slice(0, -1))).toBe(true);
      expect(cut === text).toBe(displayWidth(text) <= width);
    }
  });
});

describe('wrap', () => {
  it.each([
    ['', 20, ['']],
    ['one two three', 20, ['one two three']],
    ['one two three', 8, ['one two', 'three']],
    ['12345678 1', 8, ['12345678', '1']],
    ['1234567890', 8, ['12345678', '90']],
    ['a 1234567890 b', 8, ['a', '12345678', '90 b']],
    ['開発サーバー', 8, ['開発サー', 'バー']],
    ['one two three', 2, ['one two', 'three']],
  ])('breaks %j at %i columns into %j', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it.each(TEXTS)('never exceeds the width and loses no character: %j', (text) => {
    for (const width of WIDTHS) {
      const lines = wrap(text, width);
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });

  it('puts no mark at the beginning of a line, away from its letter', () => {
    for (const width of WIDTHS) {
      const lines = wrap('กี่'.repeat(30), width);
      expect(lines.filter((line) => /^\p{M}/u.test(line))).toEqual([]);
    }
  });
});
