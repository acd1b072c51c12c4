import { describe, expect, it } from 'vitest';
import { placeInTime, type Calendar } from '../../../src/supervisor/log-view/place-in-time.ts';
import { lineSplitter } from '../../../src/supervisor/log-view/split-lines.ts';
import { timeSpans, type Dated } from '../../../src/supervisor/log-view/time-spans.ts';
import { toldTime } from '../../../src/supervisor/log-view/told-time.ts';
import type { FileLine, IndexEntry, LogSource } from '../../../src/supervisor/log-view/types.ts';

const SOURCE: LogSource = { path: '/log', stream: 'out', id: 0, service: 'api', label: 'api' };
const HOUR = 3_600_000;
const TEN = Date.UTC(2026, 10, 30, 10);
const UTC: Calendar = { year: 2026, asLocal: (at) => at };
/** Where clocks are seven hours ahead. */
const BANGKOK: Calendar = { year: 2026, asLocal: (at) => at - 7 * HOUR };

const TOLD: readonly (readonly [line: string, at: number | null, zoned: boolean])[] = [
  ['2026-11-30T10:00:00.000Z ready', TEN, true],
  ['2026-11-30T10:00:00.000Z: ready', TEN, true],
  ['2026-11-30 10:00:00 ready', TEN, false],
  ['[2026-11-30 10:00:00,000] INFO ready', TEN, false],
  ['2026-11-30T17:00:00+07:00 ready', TEN, true],
  ['INFO 2026-11-30T10:00:00Z ready', TEN, true],
  ['\u001b[32m2026-11-30T10:00:00Z\u001b[0m ready', TEN, true],
  ['1796032800000 ready', TEN, true],
  ['{"level":30,"time":1796032800000,"msg":"ready"}', TEN, true],
  ['{"timestamp":"2026-11-30T10:00:00.000Z","message":"ready"}', TEN, true],
  ['{"time":"2026-11-30 10:00:00","msg":"ready"}', TEN, false],
  ['{"msg":"no time"}', null, false],
  ['10:00:00 a clock without a date', null, false],
  ['ready', null, false],
  ['', null, false],
];

describe('toldTime', () => {
  it.each(TOLD)('reads %j', (line, at, zoned) => {
    expect(toldTime(Buffer.from(line), 2026)).toEqual(at === null ? null : { at, zoned });
  });
});

const linesOf = (text: string): readonly FileLine[] =>
  lineSplitter({ cap: 1_000, long: 'cut' }, 0).push(Buffer.from(text));

const dated = (said: Partial<Dated> = {}): Dated => ({
  inode: 1,
  compressed: false,
  fullSize: 1_000,
  modifiedAt: TEN + 10_000,
  ...said,
});

const timesOf = (
  text: string,
  index: readonly IndexEntry[],
  part = dated(),
  calendar = UTC,
): readonly (readonly [at: number | null, order: number])[] => {
  const spanOf = timeSpans(index, part)(part, 0);
  return placeInTime(SOURCE, calendar)(linesOf(text), spanOf).map(({ at, order }) => [
    at === null ? null : at - TEN,
    order - TEN,
  ]);
};

const mark = (at: number, offset: number, inode = 1): IndexEntry => ({ at: TEN + at, offset, inode });

describe('placeInTime', () => {
  it('orders by the time of the file where nothing else is known, and says no time', () => {
    expect(timesOf('a\nb\n', [])).toEqual([
      [null, 10_000],
      [null, 10_000],
    ]);
  });

  it('takes the later of two marks, and the last change after the last', () => {
    // "a" and "b" begin before byte 4, "c" between 4 and 6, "d" after.
    expect(timesOf('a\nb\nc\nd\n', [mark(1_000, 0), mark(2_000, 4), mark(3_000, 6)])).toEqual([
      [2_000, 2_000],
      [2_000, 2_000],
      [3_000, 3_000],
      [10_000, 10_000],
    ]);
  });

  it('takes no mark for later than the last change of the file', () => {
    expect(timesOf('a\n', [mark(0, 0), mark(HOUR, 2)])).toEqual([[10_000, 10_000]]);
  });

  it('prefers what lines tell, and gives those that tell nothing to the line before', () => {
    const text = '2026-11-30T10:00:01Z boom\n  at x\n  at y\n2026-11-30T10:00:03Z next\n';
    expect(timesOf(text, []).map(([at]) => at)).toEqual([1_000, 1_000, 1_000, 3_000]);
    expect(timesOf(text, [mark(0, 0), mark(1_200, 38), mark(3_200, 90)]).map(([at]) => at)).toEqual([
      1_000, 1_000, 1_000, 3_000,
    ]);
  });

  it('lets a line that was written later leave the line before', () => {
    const text = '2026-11-30T10:00:01Z request\nlistening\n';
    expect(timesOf(text, [mark(900, 0), mark(1_100, 29), mark(6_000, 39)]).map(([at]) => at)).toEqual([1_000, 6_000]);
  });

  it('gives what stands before the first time that is told that time', () => {
    expect(timesOf('  at x\n2026-11-30T10:00:01Z next\n', [])).toEqual([
      [1_000, 1_000],
      [1_000, 1_000],
    ]);
  });

  it('never goes back within a file', () => {
    const text = '2026-11-30T10:00:05Z a\n2026-11-30T10:00:04Z b\n2026-11-30T10:00:06Z c\n';
    expect(timesOf(text, []).map(([, order]) => order)).toEqual([5_000, 5_000, 6_000]);
  });

  it('believes no line that tells a later time than the file was changed at', () => {
    expect(timesOf('2099-01-01T00:00:00Z from the future\n2026-11-30T10:00:04Z now\n', [])).toEqual([
      [4_000, 4_000],
      [4_000, 4_000],
    ]);
  });

  it('believes no line that tells of another day than the marks', () => {
    expect(timesOf('2019-01-01T00:00:00Z imported\n', [mark(0, 0), mark(1_000, 50)])).toEqual([[1_000, 1_000]]);
  });

  it('reads a time without a zone as the local one, and as UTC where only that can be', () => {
    const marks = [mark(0, 0), mark(2_000, 500)];
    expect(timesOf('2026-11-30 17:00:01 local\n', marks, dated(), BANGKOK)).toEqual([[1_000, 1_000]]);
    expect(timesOf('2026-11-30 10:00:01 UTC after all\n', marks, dated(), BANGKOK)).toEqual([[1_000, 1_000]]);
  });
});

describe('timeSpans', () => {
  const highOf = (index: readonly IndexEntry[], live: Dated | null, part: Dated, age: number): number | null => {
    const span = timeSpans(index, live)(part, age)(0);
    return span.measured ? span.high - TEN : null;
  };
  const live = dated({ inode: 1, fullSize: 10 });

  it('knows a renamed part by its inode', () => {
    const index = [mark(1_000, 50, 7), mark(2_000, 10, 1)];
    expect(highOf(index, live, live, 0)).toBe(2_000);
    expect(highOf(index, live, dated({ inode: 7, fullSize: 50 }), 1)).toBe(1_000);
  });

  it('knows a copy by counting', () => {
    const index = [mark(1_000, 80), mark(2_000, 50), mark(3_000, 10)];
    expect(highOf(index, live, live, 0)).toBe(3_000);
    expect(highOf(index, live, dated({ inode: 8, fullSize: 50 }), 1)).toBe(2_000);
    expect(highOf(index, live, dated({ inode: 9, fullSize: 30, compressed: true }), 2)).toBe(1_000);
  });

  it('counts from the newest copy while the log that was emptied has no mark yet', () => {
    const index = [mark(1_000, 80), mark(2_000, 50)];
    expect(highOf(index, live, live, 0)).toBeNull();
    expect(highOf(index, live, dated({ inode: 8, fullSize: 50 }), 1)).toBe(2_000);
    expect(highOf(index, null, dated({ inode: 8, fullSize: 50 }), 1)).toBe(2_000);
  });

  it('uses no run that is longer than its part', () => {
    expect(highOf([mark(1_000, 90), mark(3_000, 10)], live, dated({ inode: 8, fullSize: 50 }), 1)).toBeNull();
  });
});
