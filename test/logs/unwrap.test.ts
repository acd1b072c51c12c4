import { describe, expect, it } from 'vitest';
import { journalExportReader } from '../../src/logs/unwrap/journal-export.ts';
import { detectPrefix, unwrapPrefix } from '../../src/logs/unwrap/name-prefix.ts';
import { unwrapLine } from '../../src/logs/unwrap/unwrap-line.ts';

const NOON = Date.UTC(2026, 10, 22, 22, 4, 5);
const ISO = '2026-11-22T22:04:05.000Z';
const plain = { prefix: null, year: 2026 };

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text)];

describe('unwrapLine', () => {
  it.each([
    ['a CRI line', `${ISO} stderr F Error: x`, { text: 'Error: x', at: NOON, partial: false }],
    ['a part of a CRI line', `${ISO} stdout P long`, { text: 'long', partial: true }],
    ['a docker line', JSON.stringify({ log: 'up\n', stream: 'stdout', time: ISO }), { text: 'up', at: NOON }],
    [
      'a part of a docker line',
      JSON.stringify({ log: 'long', stream: 'stdout', time: ISO }),
      { text: 'long', partial: true },
    ],
    [
      'a journal line',
      JSON.stringify({ MESSAGE: 'up', __REALTIME_TIMESTAMP: `${NOON}000`, _PID: '7', _SYSTEMD_UNIT: 'web.service' }),
      { text: 'up', at: NOON, pid: 7, service: 'web' },
    ],
    [
      'a journal line of bytes',
      JSON.stringify({ MESSAGE: bytesOf('\u001b[31mno\u001b[39m'), _SYSTEMD_UNIT: 'web.service' }),
      { text: '\u001b[31mno\u001b[39m', service: 'web' },
    ],
    [
      "systemd's own line about a unit",
      JSON.stringify({ MESSAGE: 'Started web', UNIT: 'web.service', _SYSTEMD_UNIT: 'init.scope', _PID: '1' }),
      { text: 'Started web', service: 'web', pid: null },
    ],
    [
      'PM2 JSON',
      JSON.stringify({ message: 'up\n', timestamp: ISO, type: 'out', process_id: 0, app_name: 'web' }),
      { text: 'up', at: NOON, service: 'web' },
    ],
    [
      'pino',
      JSON.stringify({ level: 60, time: NOON, pid: 7, name: 'web', err: { stack: 'Error: no\n    at x' }, msg: 'bye' }),
      { text: 'bye\nError: no\n    at x', at: NOON, pid: 7, service: 'web', level: 'fatal' },
    ],
    [
      'bunyan',
      JSON.stringify({ name: 'etl', pid: 7, level: 30, msg: 'up', time: ISO, v: 0 }),
      { text: 'up', at: NOON, service: 'etl', level: 'info' },
    ],
    [
      'winston with fields',
      JSON.stringify({ level: 'error', message: 'no', service: 'web', timestamp: ISO, path: ['DB_URL'] }),
      { text: 'no\n{"path":["DB_URL"]}', at: NOON, service: 'web', level: 'error' },
    ],
    ['syslog', 'Nov 22 22:04:05 vm node[12]: up', { text: 'up', ident: 'node', pid: 12, at: NOON }],
    [
      'short-iso',
      '2026-11-22T22:04:05+0000 vm systemd[1]: Started x',
      { text: 'Started x', ident: 'systemd', pid: null },
    ],
    ['the kernel', 'Nov 22 22:04:05 vm kernel: oom', { text: 'oom', ident: 'kernel', pid: null }],
    ['syslog with a priority', '<34>1 2026-11-22T22:04:05Z vm web 12 - - up', { text: 'up', ident: 'web', pid: 12 }],
    [
      'JSON inside docker inside CRI',
      `${ISO} stdout F ${JSON.stringify({ log: '{"level":50,"msg":"no","time":1}\n', stream: 'stdout', time: ISO })}`,
      { text: 'no', level: 'error', at: NOON },
    ],
  ])('takes off %s', (_, line, expected) => {
    expect(unwrapLine(line, plain)).toMatchObject(expected);
  });

  it.each([
    '2026-11-22T22:04:05: PM2 log: App [web:0] online',
    '{"level":30,"msg":"cut',
    '{"a":1}',
    '[api] text',
    '2026-11-22T22:04:05Z INFO web up',
    'plain',
    '',
  ])('leaves %j as it is', (line) => {
    expect(unwrapLine(line, plain).text).toBe(line);
  });
});

describe('name prefixes', () => {
  it.each([
    ['concurrently', ['[api] up', '[web] up', '[api]     at x', '[api] node a.js exited with code 1'], 'bracket'],
    ['compose', ['api-1  | up', 'web-1  | up', 'api-1  |     at x', 'api-1  | '], 'pipe'],
    ['turbo', ['web:dev: up', 'api:dev: up', 'web:dev: x', 'api:dev: y'], 'colon'],
    ["a logger's tag", ['[db] connecting', '[http] up', '[db] up', '[db] down'], null],
    ['time stamps', ['2026-11-22T04:40:00 a', '2026-11-22T04:40:01 b', '2026-11-22T04:40:02 c', '10:00:00: d'], null],
    ['nodemon', ['[nodemon] 3.1.14', '[nodemon] starting', '[nodemon] a', '[nodemon] b'], null],
    ['too few lines', ['api-1 | up'], null],
  ])('are told by a sample of %s', (_, lines, expected) => {
    expect(detectPrefix(lines)).toBe(expected);
  });

  it.each([
    ['bracket', '[api]     at x', 'api', '    at x'],
    ['pipe', 'api-1  | up', 'api', 'up'],
    ['pipe', '0|web  | up', 'web', 'up'],
    ['pipe', '10:00:00 web.1  | up', 'web', 'up'],
    ['colon', 'web:dev: up', 'web:dev', 'up'],
  ] as const)('in the form %s: %j', (form, line, service, text) => {
    expect(unwrapPrefix(line, form)).toMatchObject({ service, text });
  });
});

describe('journalExportReader', () => {
  it('gives an entry at the end of each block', () => {
    const reader = journalExportReader();
    const lines = ['__CURSOR=a', '_PID=7', '_SYSTEMD_UNIT=web.service', 'MESSAGE=up', ''];
    const entries = lines.map((line) => reader.push(line));
    expect(entries.slice(0, -1)).toEqual([null, null, null, null]);
    expect(entries.at(-1)).toMatchObject({ text: 'up', service: 'web', pid: 7 });
  });

  it('reads a message of bytes, which has its length before it', () => {
    const reader = journalExportReader();
    for (const line of ['__CURSOR=a', 'MESSAGE', `\u0007${'\u0000'.repeat(7)}one`, 'two']) reader.push(line);
    expect(reader.end()).toMatchObject({ text: 'one\ntwo' });
  });
});
