import { expect, test } from 'vitest';
import { frameUpdate, frameWriter } from '../../../src/cli/monit/frame-writer.ts';

const ESC = '\u001b[';

test.each<readonly [string, readonly string[] | null, readonly string[], string]>([
  ['nothing where nothing changed', ['a', 'b'], ['a', 'b'], ''],
  ['the row that changed', ['a', 'b'], ['a', 'c'], `${ESC}?2026h${ESC}2;1H${ESC}0m${ESC}2Kc${ESC}0m${ESC}?2026l`],
  ['all of the first frame', null, ['a'], `${ESC}?2026h${ESC}2J${ESC}1;1H${ESC}0m${ESC}2Ka${ESC}0m${ESC}?2026l`],
  [
    'all of a frame with other rows',
    ['a', 'b'],
    ['a'],
    `${ESC}?2026h${ESC}2J${ESC}1;1H${ESC}0m${ESC}2Ka${ESC}0m${ESC}?2026l`,
  ],
])('writes %s', (_, before, rows, update) => {
  expect(frameUpdate(before, rows)).toBe(update);
});

test('writes all again after what stood there was lost', () => {
  const written: string[] = [];
  const { draw, forget } = frameWriter((update) => written.push(update));
  draw(['a']);
  draw(['a']);
  forget();
  draw(['a']);
  expect(written).toHaveLength(2);
  expect(written[1]).toBe(written[0]);
});
