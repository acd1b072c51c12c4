import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/util/unified-diff.ts';

const lines = (...text: readonly string[]): string => `${text.join('\n')}\n`;

describe('unifiedDiff', () => {
  it.each<readonly [string, string, string, readonly string[]]>([
    ['nothing', lines('a', 'b'), lines('a', 'b'), []],
    ['a line added', lines('a', 'b'), lines('a', 'x', 'b'), ['@@ -1,2 +1,3 @@', ' a', '+x', ' b']],
    ['a line taken away', lines('a', 'x', 'b'), lines('a', 'b'), ['@@ -1,3 +1,2 @@', ' a', '-x', ' b']],
    ['a line changed', lines('a', 'x', 'b'), lines('a', 'y', 'b'), ['@@ -1,3 +1,3 @@', ' a', '-x', '+y', ' b']],
    ['the only line', 'x', 'y', ['@@ -1,1 +1,1 @@', '-x', '+y']],
    ['a line added at the end', lines('a'), lines('a', 'x'), ['@@ -1,1 +1,2 @@', ' a', '+x']],
    ['a line doubled', lines('a', 'b'), lines('a', 'a', 'b'), ['@@ -1,2 +1,3 @@', ' a', '+a', ' b']],
    ['lines ended as on Windows', 'a\r\nb\r\n', 'a\r\nx\r\nb\r\n', ['@@ -1,2 +1,3 @@', ' a', '+x', ' b']],
  ])('tells %s', (_, before, after, diff) => {
    expect(unifiedDiff(before, after)).toEqual(diff);
  });

  it('shows two lines around the change, and says where they are', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    const after = before.toSpliced(9, 0, 'x');
    expect(unifiedDiff(lines(...before), lines(...after))).toEqual([
      '@@ -8,4 +8,5 @@',
      ' line 8',
      ' line 9',
      '+x',
      ' line 10',
      ' line 11',
    ]);
  });

  it('keeps the lines between two changes', () => {
    const diff = unifiedDiff(lines('a', 'b', 'c'), lines('x', 'a', 'b', 'y', 'c'));
    expect(diff).toEqual(['@@ -1,3 +1,5 @@', '+x', ' a', ' b', '+y', ' c']);
  });
});
