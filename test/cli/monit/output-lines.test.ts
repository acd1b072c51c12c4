import { describe, expect, test } from 'vitest';
import { outputLines, sourcesFor } from '../../../src/cli/monit/output-lines.ts';
import type { LogSource, ViewedLine } from '../../../src/supervisor/log-view/types.ts';
import { aDetail, aRow } from './a-service.ts';

const SOURCE: LogSource = { path: '/out', stream: 'err', id: 0, service: 'api', label: 'api' };

const lineOf = (text: string, over: Partial<ViewedLine> = {}): ViewedLine => {
  const bytes = Buffer.from(text);
  const place = { offset: 0, length: bytes.length, ended: true, continued: false, torn: false };
  return { ...place, bytes, source: SOURCE, at: null, order: 0, ...over };
};

test.each([
  ['plain', 'plain'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['a\tb', 'a    b'],
  ['10 %\r20 %\r', '20 %'],
  ['windows\r', 'windows'],
  ['\u001b[2Jgone\u0007', '\\x1b[2Jgone\\x07'],
  ['over\u202ethere', 'over\\u202ethere'],
  ['', ''],
])('the line %j is shown as %j', (raw, text) => {
  expect(outputLines([lineOf(raw)])).toEqual([{ stream: 'err', text }]);
});

test('a line is cut where nobody reads on, and only so many lines are looked at', () => {
  expect(outputLines([lineOf('x'.repeat(5_000))])[0]?.text).toBe(`${'x'.repeat(4_096)}…`);
  const many = Array.from({ length: 3_000 }, (_, line) => lineOf(String(line)));
  const kept = outputLines(many);
  expect([kept.length, kept[0]?.text, kept.at(-1)?.text]).toEqual([2_000, '1000', '2999']);
});

test('the late end of a line that was shown already is no line', () => {
  const late = [
    lineOf('asked: ', { ended: false }),
    lineOf('', { continued: true }),
    lineOf('yes', { continued: true }),
  ];
  expect(outputLines(late).map(({ text }) => text)).toEqual(['asked: ', 'yes']);
});

describe('the files of a service', () => {
  test.each([
    [{ out: '/o', error: '/e', combined: '/c' }, ['out /o', 'err /e']],
    [{ out: '/o', error: '/o', combined: null }, ['out /o']],
    [{ out: null, error: '/e', combined: '/c' }, ['err /e']],
    [{ out: null, error: null, combined: '/c' }, ['out /c']],
    [{ out: null, error: null, combined: null }, []],
  ])('of %j are %j', (paths, files) => {
    const detail = aDetail(aRow());
    const sources = sourcesFor({ ...detail, logs: { ...detail.logs, ...paths } });
    expect(sources.map(({ stream, path }) => `${stream} ${path}`)).toEqual(files);
  });
});
