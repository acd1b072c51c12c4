import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../../src/cli/invocation.ts';
import { asLocal, localStamp } from '../../../src/cli/logs/local-time.ts';
import { logWishes } from '../../../src/cli/logs/log-wishes.ts';

const NOW = Date.UTC(2026, 10, 30, 10);

const called = (values: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): Invocation => ({
  command: 'logs',
  positionals: [],
  flags: new Set(flags),
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]])),
  rest: [],
});

const LINES: readonly (readonly [values: Readonly<Record<string, string>>, lines: number])[] = [
  [{}, 15],
  [{ lines: '0' }, 0],
  [{ lines: '1000' }, 1000],
  [{ since: '1h' }, Number.POSITIVE_INFINITY],
  [{ since: '1h', lines: '5' }, 5],
  [{ grep: 'x' }, 15],
];

const SINCE: readonly (readonly [text: string, at: number])[] = [
  ['10m', NOW - 600_000],
  ['1.5h', NOW - 5_400_000],
  ['2026-11-30T09:00Z', NOW - 3_600_000],
  ['2026-11-30 09:00:00Z', NOW - 3_600_000],
  ['2026-11-30T16:00:00.000+07:00', NOW - 3_600_000],
  ['2026-11-30T09:00', new Date(2026, 10, 30, 9).getTime()],
  ['2026-11-30', new Date(2026, 10, 30).getTime()],
];

const REFUSED: readonly (readonly [values: Readonly<Record<string, string>>, flags: readonly string[], RegExp])[] = [
  [{ lines: 'abc' }, [], /--lines takes a whole number such as 50, not "abc"/],
  [{ lines: '-3' }, [], /--lines/],
  [{ lines: '1.5' }, [], /--lines/],
  [{ lines: '' }, [], /--lines/],
  [{ since: 'yesterday' }, [], /--since takes a length of time/],
  [{ since: '2026-13-01' }, [], /--since/],
  [{ since: '10' }, [], /--since/],
  [{ grep: '(' }, [], /--grep takes a regular expression/],
  [{ grep: '/(/i' }, [], /--grep/],
  [{}, ['json', 'raw'], /--json and --raw/],
];

describe('logWishes', () => {
  it.each(LINES)('%j wants %d lines', (values, lines) => {
    expect(logWishes(called(values), NOW).wanted.lines).toBe(lines);
  });

  it.each(SINCE)('--since %s is %d', (text, at) => {
    expect(logWishes(called({ since: text }), NOW).wanted.since).toBe(at);
  });

  it.each(REFUSED)('%j %j is refused', (values, flags, message) => {
    expect(() => logWishes(called(values, flags), NOW)).toThrow(message);
    expect(() => logWishes(called(values, flags), NOW)).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringMatching(/^devdoctor logs/) }),
    );
  });

  it('reads a pattern with or without slashes', () => {
    const grep = (text: string): RegExp | null => logWishes(called({ grep: text }), NOW).wanted.grep;
    expect(grep('a/b')).toEqual(/a\/b/);
    expect(grep('/error/gi')).toEqual(/error/i);
    expect(grep('/var/log')).toEqual(/\/var\/log/);
  });

  it('wants the named streams, or both', () => {
    const streams = (...flags: readonly string[]) => [...logWishes(called({}, flags), NOW).streams].toSorted();
    expect(streams()).toEqual(['err', 'out']);
    expect(streams('err')).toEqual(['err']);
    expect(streams('out')).toEqual(['out']);
    expect(streams('out', 'err')).toEqual(['err', 'out']);
  });
});

describe('local time', () => {
  it('is written as clocks on the wall show it', () => {
    expect(localStamp(new Date(2026, 10, 30, 9, 8, 7, 6).getTime())).toBe('2026-11-30 09:08:07.006');
  });

  it('is the instant at which they show what UTC shows', () => {
    expect(asLocal(Date.UTC(2026, 10, 30, 9, 8, 7, 6))).toBe(new Date(2026, 10, 30, 9, 8, 7, 6).getTime());
  });
});
