import { expect, test } from 'vitest';
import { lineFormat } from '../../../../src/supervisor/daemon/logs/pump/format-lines.ts';
import { frameLines } from '../../../../src/supervisor/daemon/logs/pump/frame-lines.ts';

const AT = new Date(2026, 10, 22, 9, 5, 3, 7).getTime();
const speaker = { id: 4, name: 'shop $& "A"', type: 'err' } as const;
const format = (dateFormat: string | null, type: 'raw' | 'json', bytes: Buffer, more = {}): Buffer =>
  lineFormat({ dateFormat, type }, speaker)({ bytes, at: AT, mid: false, ended: false, ...more });
const stamped = (pattern: string, text: string, more = {}): string =>
  format(pattern, 'raw', Buffer.from(text), more).toString();

test.each([
  ['YYYY-MM-DD HH:mm:ss.SSS', '2026-11-22 09:05:03.007: a\n'],
  ['YY M D H m s', '26 11 22 9 5 3: a\n'],
  ['ddd MMM DD hh:mm A', 'Sun Nov 22 09:05 AM: a\n'],
  ['dddd MMMM h a [at] [YYYY]', 'Sunday November 9 am at YYYY: a\n'],
  ['x', `${AT}: a\n`],
  ['X', `${Math.floor(AT / 1000)}: a\n`],
  ['[日 $&]', '日 $&: a\n'],
])('a line is stamped as %s asks', (pattern, line) => {
  expect(stamped(pattern, 'a\n')).toBe(line);
});

test('the offset of the local time is told', () => {
  expect(stamped('Z|ZZ', 'a\n')).toMatch(/^[+-]\d\d:\d\d\|[+-]\d{4}: a\n$/);
});

test('each line has its stamp, empty ones too', () => {
  expect(stamped('[$&]', 'a\n\nb\n')).toBe('$&: a\n$&: \n$&: b\n');
});

test('the rest of a line has no stamp of its own, and one that stays unfinished is ended', () => {
  expect(stamped('[s]', 'rest\nnext\n', { mid: true })).toBe('rest\ns: next\n');
  expect(stamped('[s]', 'begin')).toBe('s: begin');
  expect(stamped('[s]', 'begin', { ended: true })).toBe('s: begin\n');
});

test('bytes that are no text pass unchanged', () => {
  const bytes = Buffer.from([0xff, 0x00, 0x1b, 0x5b, 0x0d, 0xc3, 0x0a]);
  expect(format('[s]', 'raw', bytes)).toEqual(Buffer.concat([Buffer.from('s: '), bytes]));
  expect(format(null, 'raw', bytes)).toEqual(bytes);
});

test.each([
  ['quotes and backslashes', '"a\\b"', '"a\\b"'],
  ['control characters', '\u001b[31mred\u001b[0m\r\t\u0000', '\u001b[31mred\u001b[0m\r\t\u0000'],
  ['several scripts', 'é 日本 😀 \u2028 \u007f', 'é 日本 😀 \u2028 \u007f'],
  ['nothing', '', ''],
])('a line with %s is one object', (_, text, message) => {
  const lines = format(null, 'json', Buffer.from(`${text}\nb\n`))
    .toString()
    .split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    message,
    timestamp: new Date(AT).toISOString(),
    type: 'err',
    process_id: 4,
    app_name: 'shop $& "A"',
  });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ message: 'b' });
});

test('an object tells its time in the pattern that is asked for', () => {
  expect(JSON.parse(format('YYYY "q"', 'json', Buffer.from('a\n')).toString())).toMatchObject({
    timestamp: '2026 "q"',
  });
});

test('what is no UTF-8 is marked in an object', () => {
  const line = format(null, 'json', Buffer.from([0x61, 0xff, 0x62, 0x0a])).toString();
  expect(JSON.parse(line)).toMatchObject({ message: 'a\ufffdb' });
});

test.each([
  ['whole lines', 'a\nb\nrest', false, false, 4],
  ['an unfinished line, which waits', 'rest', false, false, 0],
  ['an unfinished line that fills all the room', 'rest', true, false, 4],
  ['an unfinished line at the end', 'rest', false, true, 4],
])('%s', (_, text, isFull, isEnd, bytes) => {
  expect(frameLines(Buffer.from(text), isFull, isEnd)).toBe(bytes);
});

test.each([1, 2, 3])('a character is never cut, %i bytes before its end', (missing) => {
  const bytes = Buffer.from('ab😀');
  expect(frameLines(bytes.subarray(0, bytes.length - missing), true, false)).toBe(2);
  expect(frameLines(bytes, true, false)).toBe(6);
});
