import { execFileSync } from 'node:child_process';
import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../src/supervisor/pm2/split-words.ts';
import { commandLine } from '../../../src/util/command-line.ts';

const LINES = [
  '',
  '  ',
  'a',
  ' a  b\tc ',
  `'a b' "c d" e\\ f`,
  `a'b'c"d"e`,
  `''`,
  `"" x ''`,
  `"a\\"b" '\\'`,
  String.raw`"a\\b" "c\d" \"`,
  `--name="x y" --json='{"a": 1}'`,
  'ภาษา ไทย 🛒',
];

describe('a line parted into words', () => {
  it.each(LINES)('is parted as a shell does it: %j', (line) => {
    const printed = execFileSync('/bin/sh', ['-c', `for word in ${line}; do printf '%s\\n' "$word"; done`], {
      encoding: 'utf8',
    });
    expect(splitWords(line)).toEqual(printed.split('\n').slice(0, -1));
  });

  it.each([`"a`, `a 'b c`, `"a\\"`, 'a\\'])('is none where a quote is open: %j', (line) => {
    expect(splitWords(line)).toBeNull();
  });

  it('is what was put together', () => {
    assert(
      property(array(string({ unit: 'grapheme' })), (words) => {
        expect(splitWords(commandLine(words))).toEqual(words.map((word) => word));
      }),
    );
  });
});
