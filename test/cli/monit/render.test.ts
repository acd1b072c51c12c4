import { describe, expect, test } from 'vitest';
import { initialState, type MonitState, type Size } from '../../../src/cli/monit/monit-state.ts';
import { render } from '../../../src/cli/monit/render.ts';
import { colorPaint } from '../../../src/report/color-paint.ts';
import { PLAIN_PAINT } from '../../../src/report/look.ts';
import { displayWidth } from '../../../src/util/display-width.ts';
import { aDetail, aRow } from './a-service.ts';
import { shownRow, shownText } from './shown.ts';

const NOW = 1_000_000;

const ROWS = [
  aRow(),
  aRow({
    id: 1,
    name: 'เว็บไซต์',
    status: 'errored',
    pid: null,
    ports: [],
    cpuPercent: null,
    memoryBytes: null,
    uptimeMs: null,
    restarts: 16,
    unstableRestarts: 16,
    reason: 'gave up after 16 restarts in 12 s',
    lastExit: {
      code: 1,
      signal: null,
      at: new Date(NOW - 90_000).toISOString(),
      rootCause: 'EADDRINUSE',
      evidence: 'Error: listen EADDRINUSE :::3000',
      detail: {},
    },
  }),
  aRow({ id: 12, name: '🚀 worker', status: 'waiting restart', restarts: 3 }),
];

const stateOf = (size: Size, over: Partial<MonitState> = {}): MonitState => ({
  ...initialState(size, NOW),
  services: ROWS,
  selected: 0,
  detail: aDetail(aRow()),
  samples: {
    '0': [10, 20, 30, 40].map((value, at) => ({
      at: NOW - 6_000 + at * 2_000,
      cpuPercent: value,
      memoryBytes: value * 1024 * 1024,
    })),
  },
  log: {
    turn: 1,
    first: 0,
    lines: [
      { stream: 'out', text: 'listening on 3000' },
      { stream: 'err', text: `Error: ${'long '.repeat(12)}` },
      { stream: 'out', text: 'working' },
    ],
    note: null,
    anchor: null,
  },
  ...over,
});

const shown = (columns: number, rows: number, over: Partial<MonitState> = {}): string =>
  shownText(render(stateOf({ columns, rows }, over), PLAIN_PAINT));

describe('the window', () => {
  test('has panes beside each other where it is wide', () => {
    expect(`\n${shown(104, 20)}\n`).toMatchSnapshot();
  });

  test('has panes below each other at 80 columns', () => {
    expect(`\n${shown(80, 24, { selected: 1, detail: aDetail(ROWS[1] ?? aRow()), pane: 'log' })}\n`).toMatchSnapshot();
  });

  test('keeps what tells most at 40 columns', () => {
    expect(`\n${shown(40, 18)}\n`).toMatchSnapshot();
  });

  test('says so where it is too small', () => {
    expect(shown(20, 5)).toBe('make the window\nlarger: 30 x 8; q\nquits');
    expect(shown(80, 1)).toBe('make the window larger: 30 x 8; q quits');
    expect(() => shown(1, 1)).not.toThrow();
  });

  test('never has a row too many, nor one that is too wide', () => {
    const modes: readonly Partial<MonitState>[] = [
      {},
      { selected: 1, detail: null, pane: 'log' },
      { selected: 12, mode: { kind: 'confirm-stop', id: 12, name: '🚀'.repeat(40) } },
      { mode: { kind: 'filter' }, filter: 'เว็บ'.repeat(30) },
      { lostSince: 0, message: { tone: 'bad', text: 'very '.repeat(60), until: Infinity } },
      { services: [], selected: null, detail: null },
      { services: null, selected: null, detail: null },
    ];
    for (let columns = 30; columns < 150; columns += 11) {
      for (let rows = 8; rows < 45; rows += 3) {
        for (const over of modes) {
          const frame = render(stateOf({ columns, rows }, over), PLAIN_PAINT);
          expect(frame).toHaveLength(rows);
          expect(Math.max(...frame.map((row) => displayWidth(shownRow(row))))).toBeLessThanOrEqual(columns);
        }
      }
    }
  });

  test('shows the chosen one of many', () => {
    const services = Array.from({ length: 100 }, (_, id) => aRow({ id, name: `service-${id}` }));
    for (const selected of [0, 50, 99]) {
      expect(shown(80, 24, { services, selected })).toMatch(new RegExp(`^▸ +${selected} service-${selected} `, 'm'));
    }
  });

  test('obeys nothing that the machine says', () => {
    const evil = '\u001b[2J\u0007\u202e\nx';
    const services = [aRow({ name: evil, status: 'blocked', blockedBy: { port: 1, holder: evil, pid: 1 } })];
    const message = { tone: 'bad', text: evil, until: Infinity } as const;
    const lastExit = { code: null, signal: evil, at: evil, rootCause: evil, evidence: evil, detail: {} };
    for (const reason of [evil, null]) {
      const rows = services.map((row) => ({ ...row, reason, lastExit }));
      const log = { turn: 0, first: 0, lines: [], note: evil, anchor: null };
      const state = stateOf({ columns: 120, rows: 40 }, { services: rows, message, log, filter: 'x' });
      const frame = render(state, PLAIN_PAINT).join('\n');
      expect(frame.replaceAll(/\u001b\[\d+G/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
      expect(frame).toContain('\\x1b[2J');
    }
  });

  test('says the same with colours and without', () => {
    const state = stateOf({ columns: 110, rows: 30 });
    const colored = render(state, colorPaint());
    expect(shownText(colored)).toBe(shownText(render(state, PLAIN_PAINT)));
    const [online, error] = [
      colored.find((row) => row.includes('online  ')),
      colored.find((row) => row.includes('err ')),
    ];
    expect(online).toContain('\u001b[32monline');
    expect(error).toContain('\u001b[31merr ');
  });
});

describe('the words', () => {
  test.each<readonly [string, Partial<MonitState>, string]>([
    ['a stop is asked for', { mode: { kind: 'confirm-stop', id: 0, name: 'api' } }, 'stop api (0)? y/n'],
    ['a filter is typed', { mode: { kind: 'filter' }, filter: 'ap' }, 'show only: ap▏'],
    ['a filter is on', { filter: 'api' }, 'services matching "api" (1 of 3)'],
    ['a filter lets nothing through', { filter: 'zzz', selected: null }, 'none matches: Esc shows all'],
    ['there is no service', { services: [], selected: null }, 'no services: devdoctor start FILE'],
    ['nothing is known', { services: null, selected: null }, 'asking the supervisor'],
    ['the supervisor is away', { lostSince: NOW - 12_000 }, 'supervisor not reachable, trying again (12 s)'],
    ['something was said', { message: { tone: 'good', text: 'api: online', until: NOW + 1 } }, 'api: online'],
    ['it was said long ago', { message: { tone: 'good', text: 'api: online', until: NOW } }, 'q quit  ↑↓ select'],
    [
      'output is paused',
      { log: { ...stateOf({ columns: 1, rows: 1 }).log, anchor: { line: 0, part: 0 } } },
      'paused, 2 lines below',
    ],
    [
      'there is no output',
      { log: { turn: 0, first: 0, lines: [], note: 'no output yet in /x', anchor: null } },
      'no output yet in /x',
    ],
  ])('when %s', (_, over, words) => {
    expect(shown(120, 40, over)).toContain(words);
  });

  test.each([
    [
      { blockedBy: { port: 3000, holder: '812 redis (systemd)', pid: 812 } },
      'port 3000 is held by 812 redis (systemd)',
    ],
    [{ unstableRestarts: 2 }, 'memory limit 100 MB, 45 % used · unstable restarts 2 of 16'],
    [{ pid: 77, ports: [1, 2], instances: 2 }, 'pid 77 (3 processes) · port 1, 2 · fork · instance 2 of 2'],
    [
      { lastExit: { code: null, signal: 'SIGKILL', at: '', rootCause: null, evidence: null, detail: {} } },
      'last exit: ended by SIGKILL',
    ],
    [
      { lastExit: { code: null, signal: null, at: '', rootCause: null, evidence: null, detail: {} } },
      'last exit: ended unseen',
    ],
    [
      {
        lastExit: {
          code: 7,
          signal: null,
          at: new Date(NOW - 5_000).toISOString(),
          rootCause: 'X',
          evidence: null,
          detail: {},
        },
      },
      'last exit: X (exit code 7, 5 s ago)',
    ],
  ] as const)('of %j', (over, words) => {
    const row = aRow(over);
    expect(shown(160, 40, { services: [row], detail: aDetail(row, { pids: [1, 2, 3], instance: 1 }) })).toContain(
      words,
    );
  });
});
