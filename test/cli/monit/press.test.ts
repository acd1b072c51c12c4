import { describe, expect, test } from 'vitest';
import { keyName } from '../../../src/cli/monit/key-name.ts';
import { initialState, type MonitState } from '../../../src/cli/monit/monit-state.ts';
import { press, type Effect } from '../../../src/cli/monit/press.ts';
import { visibleRows } from '../../../src/cli/monit/log-rows.ts';
import { insideOf, layoutOf } from '../../../src/cli/monit/layout.ts';
import { aRow } from './a-service.ts';

const SERVICES = ['api', 'web', 'worker'].map((name, id) => aRow({ id, name }));
const SIZE = { columns: 80, rows: 24 };

const STATE: MonitState = {
  ...initialState(SIZE, 0),
  services: SERVICES,
  selected: 0,
  log: {
    turn: 1,
    first: 0,
    lines: Array.from({ length: 100 }, (_, line) => ({ stream: 'out' as const, text: `line ${line + 1}` })),
    note: null,
    anchor: null,
  },
};

/** The state after some keys, and what they asked for. */
const after = (
  keys: readonly string[],
  from: MonitState = STATE,
): { state: MonitState; effects: readonly Effect[] } => {
  let state = from;
  const effects: Effect[] = [];
  for (const key of keys) {
    const pressed = press(state, key);
    state = pressed.state;
    effects.push(...pressed.effects);
  }
  return { state, effects };
};

const topLine = (state: MonitState): string | undefined => {
  const layout = layoutOf(state.size, state.services?.length ?? 0);
  if (layout === null) throw new Error('no room');
  return visibleRows(state.log, insideOf(layout.log))[0]?.text;
};

describe('keys', () => {
  test.each<readonly [string, readonly string[], number]>([
    ['down chooses the next', ['down'], 1],
    ['j too', ['j', 'j'], 2],
    ['the last one is the last', ['j', 'j', 'j', 'j'], 2],
    ['up goes back', ['j', 'j', 'up'], 1],
    ['k too, to the first', ['j', 'k', 'k'], 0],
    ['nothing is chosen while the log has the keys', ['tab', 'j'], 0],
    ['tab goes back to the services', ['tab', 'tab', 'j'], 1],
    ['so does left', ['right', 'left', 'j'], 1],
  ])('%s', (_, keys, selected) => {
    const { state, effects } = after(keys);
    expect(state.selected).toBe(selected);
    expect(effects).toEqual([]);
  });

  test('another choice forgets the log and the details of the one before', () => {
    const { state } = after(['down']);
    expect(state.log.lines).toEqual([]);
    expect(state.log.turn).toBe(2);
    expect(state.detail).toBeNull();
  });

  test.each<readonly [string, readonly string[], string]>([
    ['follows', [], 'line 91'],
    ['goes up by a row', ['right', 'up'], 'line 90'],
    ['goes up by a page that keeps a row', ['pageup'], 'line 82'],
    ['goes up and down', ['pageup', 'pageup', 'pagedown'], 'line 82'],
    ['goes to its start', ['home'], 'line 1'],
    ['goes to its end', ['home', 'end'], 'line 91'],
    ['stays and follows by f', ['home', 'f'], 'line 91'],
    ['is scrolled whichever pane has the keys', ['tab', 'home'], 'line 1'],
  ])('the log %s', (_, keys, top) => {
    expect(topLine(after(keys).state)).toBe(top);
  });

  test.each<readonly [readonly string[], readonly Effect[]]>([
    [['j', 'r'], [{ kind: 'act', verb: 'restart', id: 1, name: 'web' }]],
    [['t'], [{ kind: 'act', verb: 'start', id: 0, name: 'api' }]],
    [['s'], []],
    [['s', 'y'], [{ kind: 'act', verb: 'stop', id: 0, name: 'api' }]],
    [['s', 'n', 'y'], []],
    [['s', 'escape'], []],
    [['s', 'q'], []],
    [['s', 'return'], []],
    [['s', 'r'], []],
    [['s', 'ctrl-c'], [{ kind: 'quit' }]],
    [['q'], [{ kind: 'quit' }]],
    [['ctrl-c'], [{ kind: 'quit' }]],
    [['escape'], [{ kind: 'quit' }]],
    [['ctrl-z'], [{ kind: 'suspend' }]],
    [['ctrl-l'], [{ kind: 'redraw' }]],
    [['c', 'x', 'toString', '__proto__', 'ctrl-d'], []],
  ])('%j', (keys, effects) => {
    expect(after(keys).effects).toEqual(effects);
  });

  test('the question names who was chosen when it was asked, whatever the list does meanwhile', () => {
    const { state } = after(['j', 's']);
    expect(state.mode).toEqual({ kind: 'confirm-stop', id: 1, name: 'web' });
    const moved = { ...state, services: SERVICES.slice(2), selected: 2 };
    expect(after(['y'], moved).effects).toEqual([{ kind: 'act', verb: 'stop', id: 1, name: 'web' }]);
  });

  test.each(['r', 't', 's', 'j', 'k', 'f', 'home', 'pageup', 'up', 'end'])(
    '%s does no harm where there is nothing',
    (key) => {
      const empty = { ...initialState(SIZE, 0), services: [] };
      expect(after([key], empty).effects).toEqual([]);
      expect(after([key, 'y'], { ...empty, size: { columns: 1, rows: 1 } }).effects).toEqual([]);
    },
  );

  test('a filter is typed, narrows the choice and is taken away', () => {
    const typed = after(['/', 'W', 'o', 'x', 'backspace']).state;
    expect([typed.filter, typed.selected, typed.mode.kind]).toEqual(['Wo', 2, 'filter']);
    expect(after(['q'], typed).effects).toEqual([]);
    const kept = after(['return'], typed).state;
    expect([kept.filter, kept.mode.kind]).toEqual(['Wo', 'browse']);
    const gone = after(['escape'], kept);
    expect([gone.state.filter, gone.state.selected, gone.effects]).toEqual(['', 2, []]);
    expect(after(['escape'], gone.state).effects).toEqual([{ kind: 'quit' }]);
    expect(after(['escape'], typed).state.filter).toBe('');
    expect(after(['/', 'z']).state.selected).toBeNull();
    expect(after(['/', 'z', 'backspace']).state.selected).toBe(0);
    expect(after(['/', 'w', 'down', 'return']).state.selected).toBe(2);
    expect(after(['/', '1']).state.selected).toBe(1);
  });

  test('a key takes away what was said last', () => {
    const said = { ...STATE, message: { tone: 'bad', text: 'no', until: Infinity } as const };
    expect(after(['tab'], said).state.message).toBeNull();
  });

  test('z goes through the lengths of a column and round again', () => {
    expect([1, 2, 3].map((times) => after(Array<string>(times).fill('z')).state.stepMs)).toEqual([
      10_000, 60_000, 2_000,
    ]);
  });
});

test.each([
  [undefined, { name: 'up' }, 'up'],
  ['r', { name: 'r' }, 'r'],
  ['R', { name: 'r', shift: true }, 'R'],
  ['/', {}, '/'],
  ['ก', {}, 'ก'],
  ['🚀', {}, '🚀'],
  ['\u0003', { name: 'c', ctrl: true }, 'ctrl-c'],
  ['\u001a', { name: 'z', ctrl: true }, 'ctrl-z'],
  ['\r', { name: 'return' }, 'return'],
  ['\n', { name: 'enter' }, 'return'],
  ['\u001b', { name: 'escape', meta: true }, 'escape'],
  ['\u001bs', { name: 's', meta: true }, null],
  ['\u0000', {}, null],
  [undefined, { name: 'f5' }, null],
  ['ab', {}, null],
])('the key %j %j is called %j', (typed, key, name) => {
  expect(keyName(typed, key)).toBe(name);
});
