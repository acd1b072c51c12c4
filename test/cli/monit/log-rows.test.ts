import { describe, expect, test } from 'vitest';
import { chop } from '../../../src/cli/monit/chop.ts';
import {
  GUTTER,
  linesBelow,
  scroll,
  scrollToStart,
  toggleFollow,
  visibleRows,
  type Pane,
} from '../../../src/cli/monit/log-rows.ts';
import { EMPTY_LOG, type LogView } from '../../../src/cli/monit/monit-state.ts';

const PANE: Pane = { width: GUTTER + 5, height: 3 };

const logOf = (...texts: readonly string[]): LogView => ({
  ...EMPTY_LOG,
  lines: texts.map((text) => ({ stream: 'out', text })),
});

const seen = (log: LogView, pane: Pane = PANE): string =>
  visibleRows(log, pane)
    .map(({ text }) => text)
    .join('|');

const NUMBERED = logOf('1', '2', '3', '4', '5', '6');

describe('chop', () => {
  test.each<readonly [string, number, readonly string[]]>([
    ['', 5, ['']],
    ['abcde', 5, ['abcde']],
    ['abcdefgh', 5, ['abcde', 'fgh']],
    ['🚀🚀🚀', 5, ['🚀🚀', '🚀']],
    ['ab', 0, ['ab']],
  ])('%j in %i columns', (text, width, expected) => {
    const parts = chop(text, width);
    expect(parts).toEqual(expected);
    expect(parts.join('')).toBe(text);
  });

  test('leaves marks with the letter they sit on', () => {
    expect(chop('ที่นี่ที่', 2)).toEqual(['ที่นี่', 'ที่']);
  });
});

describe('the rows of a log', () => {
  test('are the last ones while it follows', () => {
    expect(seen(NUMBERED)).toBe('4|5|6');
    expect(seen(logOf('1', 'abcdefghijk'))).toBe('abcde|fghij|k');
    expect(seen(logOf('1'))).toBe('1');
    expect(seen(EMPTY_LOG)).toBe('');
  });

  test.each<readonly [string, readonly number[], string]>([
    ['up', [-1], '3|4|5'],
    ['up a page', [-2], '2|3|4'],
    ['up past the start', [-99], '1|2|3'],
    ['up and down', [-3, 1], '2|3|4'],
    ['down past the end', [-3, 99], '4|5|6'],
    ['down at the end', [1], '4|5|6'],
  ])('scroll %s', (_, by, expected) => {
    expect(seen(by.reduce((log, rows) => scroll(log, rows, PANE), NUMBERED))).toBe(expected);
  });

  test('stay where they are while lines come, but follow again from the end', () => {
    const more = (log: LogView): LogView => ({ ...log, lines: [...log.lines, { stream: 'out', text: 'new' }] });
    const paused = scroll(NUMBERED, -1, PANE);
    expect(seen(more(paused))).toBe('3|4|5');
    expect(linesBelow(more(paused))).toBe(2);
    expect(seen(more(scroll(paused, 1, PANE)))).toBe('5|6|new');
    expect(seen(more(toggleFollow(NUMBERED, PANE)))).toBe('4|5|6');
    expect(seen(more(toggleFollow(toggleFollow(NUMBERED, PANE), PANE)))).toBe('5|6|new');
    expect(seen(scrollToStart(NUMBERED, PANE))).toBe('1|2|3');
  });

  test('go row by row through a line that is longer than the pane', () => {
    const log = logOf('a', '12345abcdeABCDE!!!!!?', 'z');
    const steps = [0, -1, -2, -3, -4].map((by) => seen(scroll(log, by, PANE)));
    expect(steps).toEqual(['!!!!!|?|z', 'ABCDE|!!!!!|?', 'abcde|ABCDE|!!!!!', '12345|abcde|ABCDE', 'a|12345|abcde']);
  });

  test('show what is left when the lines they stood at are kept no more', () => {
    const paused = scrollToStart(NUMBERED, PANE);
    expect(seen({ ...paused, lines: NUMBERED.lines.slice(4), first: 4 })).toBe('5|6');
    expect(seen({ ...paused, lines: NUMBERED.lines.slice(3), first: 3 })).toBe('4|5|6');
    expect(seen({ ...paused, lines: [...NUMBERED.lines.slice(3), ...NUMBERED.lines], first: 3 })).toBe('4|5|6');
  });

  test('stay a full pane when the pane changes', () => {
    const log = scroll(logOf('1', '2', 'abcdefghijklmno', '3', '4'), -3, PANE);
    for (let width = GUTTER + 2; width < 30; width += 1) {
      for (let height = 1; height < 5; height += 1) {
        expect(visibleRows(log, { width, height })).toHaveLength(height);
      }
    }
  });
});
