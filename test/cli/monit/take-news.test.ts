import { describe, expect, test } from 'vitest';
import { initialState, type MonitState } from '../../../src/cli/monit/monit-state.ts';
import { takeNews, type News } from '../../../src/cli/monit/take-news.ts';
import type { ActionOutcome } from '../../../src/supervisor/protocol/messages.ts';
import { aDetail, aRow } from './a-service.ts';

const SIZE = { columns: 80, rows: 24 };
const START = initialState(SIZE, 0);

const told = (state: MonitState, news: readonly News[], now = 1_000): MonitState =>
  news.reduce((state, one) => takeNews(state, one, now), state);

const listed = (...ids: readonly number[]): News => ({
  kind: 'listed',
  services: ids.map((id) => aRow({ id, name: `service ${id}` })),
  notices: [],
});

describe('a list', () => {
  test.each<readonly [string, readonly News[], number | null]>([
    ['chooses the first service', [listed(3, 4)], 3],
    ['keeps the choice', [listed(3, 4), listed(1, 3, 4)], 3],
    ['chooses what took the place of the one that went', [listed(3), listed(4)], 4],
    ['chooses the last one where the list became shorter', [listed(3, 4, 5), listed(3)], 3],
    ['chooses none of none', [listed(3), listed()], null],
    ['chooses again after none', [listed(), listed(7)], 7],
  ])('%s', (_, news, selected) => {
    expect(told(START, news).selected).toBe(selected);
  });

  test('ends the time of being lost, which began with the first failure', () => {
    const lost = takeNews(takeNews(START, { kind: 'lost' }, 5_000), { kind: 'lost' }, 9_000);
    expect([lost.lostSince, lost.now]).toEqual([5_000, 9_000]);
    expect(told(lost, [listed(1)]).lostSince).toBeNull();
  });

  test('tells a notice once', () => {
    const news: News = { kind: 'listed', services: [], notices: ['the state was recovered'] };
    const state = told(START, [news]);
    expect(state.message).toEqual({ tone: 'plain', text: 'the state was recovered', until: 7_000 });
    expect(told({ ...state, message: null }, [news]).message).toBeNull();
  });
});

describe('what was read', () => {
  const chosen = told(START, [listed(1, 2)]);
  const logged = (turn: number, ...texts: readonly string[]): News => ({
    kind: 'logged',
    turn,
    lines: texts.map((text) => ({ stream: 'out', text })),
  });

  test('goes after what was there, and is kept up to a limit', () => {
    const { turn } = chosen.log;
    const state = told(chosen, [logged(turn, 'a'), logged(turn, 'b')]);
    expect(state.log.lines.map(({ text }) => text)).toEqual(['a', 'b']);
    const full = told(state, [logged(turn, ...Array.from({ length: 2_500 }, (_, line) => String(line)))]);
    expect([full.log.lines.length, full.log.first, full.log.lines.at(-1)?.text]).toEqual([2_000, 502, '2499']);
  });

  test('of another choice is dropped', () => {
    const note = { kind: 'noted', turn: chosen.log.turn + 1, note: 'late' } as const;
    expect(told(chosen, [logged(chosen.log.turn + 1, 'late'), note]).log).toBe(chosen.log);
    const other = aDetail(aRow({ id: 2 }));
    expect(told(chosen, [{ kind: 'detailed', detail: other }]).detail).toBeNull();
    const own = aDetail(aRow({ id: 1 }));
    expect(told(chosen, [{ kind: 'detailed', detail: own }]).detail).toBe(own);
  });
});

const outcome = (over: Partial<ActionOutcome>): News => ({
  kind: 'acted',
  result: {
    outcomes: [{ id: 1, name: 'api', outcome: 'done', status: 'online', pid: 1, detail: null, hint: null, ...over }],
    notices: [],
  },
});

test.each<readonly [News, string, string, number]>([
  [{ kind: 'acting', verb: 'stop', name: 'api' }, 'plain', 'stopping api', Infinity],
  [outcome({}), 'good', 'api: online', 7_000],
  [outcome({ outcome: 'unchanged', status: 'stopped' }), 'good', 'api: stopped already', 7_000],
  [outcome({ detail: 'listens on 3000' }), 'good', 'api: online, listens on 3000', 7_000],
  [
    outcome({ outcome: 'failed', status: 'errored', detail: 'exit code 1', hint: 'devdoctor logs api' }),
    'bad',
    'api: exit code 1 · try: devdoctor logs api',
    Infinity,
  ],
  [outcome({ outcome: 'failed', status: 'errored' }), 'bad', 'api: is errored', Infinity],
  [{ kind: 'refused', message: 'no', hint: null }, 'bad', 'no', Infinity],
])('%j is said', (news, tone, text, until) => {
  expect(told(START, [news]).message).toEqual({ tone, text, until });
});
