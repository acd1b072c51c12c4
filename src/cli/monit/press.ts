import type { Verb } from '../../supervisor/protocol/messages.ts';
import { insideOf, layoutOf } from './layout.ts';
import { scroll, scrollToStart, toggleFollow, type Pane } from './log-rows.ts';
import { STEPS, type LogView, type MonitState } from './monit-state.ts';
import { keepSelection, placeOf, select, selectedService, shownServices } from './shown-services.ts';

/** What a key asks of the world. */
export type Effect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'act'; readonly verb: Verb; readonly id: number; readonly name: string };

/** The state after a key, and what is to be done. */
export interface Pressed {
  readonly state: MonitState;
  readonly effects: readonly Effect[];
}

const quiet = (state: MonitState): Pressed => ({ state, effects: [] });

const logPaneOf = (state: MonitState): Pane => {
  const layout = layoutOf(state.size, shownServices(state).length);
  return layout === null ? { width: 80, height: 1 } : insideOf(layout.log);
};

const inLog = (state: MonitState, change: (log: LogView, pane: Pane) => LogView): Pressed =>
  quiet({ ...state, log: change(state.log, logPaneOf(state)) });

const chooseNext = (state: MonitState, by: number): MonitState => {
  const shown = shownServices(state);
  const place = Math.max(0, Math.min(placeOf(state) + by, shown.length - 1));
  return select(state, shown[place]?.id ?? null);
};

const step = (state: MonitState, by: number): Pressed =>
  state.pane === 'services' ? quiet(chooseNext(state, by)) : inLog(state, (log, pane) => scroll(log, by, pane));

const act = (state: MonitState, verb: Verb): Pressed => {
  const service = selectedService(state);
  return service === null
    ? quiet(state)
    : { state, effects: [{ kind: 'act', verb, id: service.id, name: service.name }] };
};

const askToStop = (state: MonitState): Pressed => {
  const service = selectedService(state);
  if (service === null) return quiet(state);
  return quiet({ ...state, mode: { kind: 'confirm-stop', id: service.id, name: service.name } });
};

const withFilter = (state: MonitState, filter: string): MonitState =>
  keepSelection({ ...state, filter }, Math.max(0, placeOf(state)));

const leave = (state: MonitState): Pressed =>
  state.filter === '' ? { state, effects: [{ kind: 'quit' }] } : quiet(withFilter(state, ''));

const nextStep = (stepMs: number): number => STEPS[(STEPS.indexOf(stepMs) + 1) % STEPS.length] ?? STEPS[0];

/** A page keeps one row of the page before. */
const page = (state: MonitState, direction: 1 | -1): Pressed =>
  inLog(state, (log, pane) => scroll(log, direction * Math.max(1, pane.height - 1), pane));

const BROWSING: ReadonlyMap<string, (state: MonitState) => Pressed> = new Map(
  Object.entries({
    up: (state: MonitState) => step(state, -1),
    k: (state: MonitState) => step(state, -1),
    down: (state: MonitState) => step(state, 1),
    j: (state: MonitState) => step(state, 1),
    tab: (state: MonitState) => quiet({ ...state, pane: state.pane === 'log' ? 'services' : 'log' }),
    left: (state: MonitState) => quiet({ ...state, pane: 'services' }),
    right: (state: MonitState) => quiet({ ...state, pane: 'log' }),
    pageup: (state: MonitState) => page(state, -1),
    pagedown: (state: MonitState) => page(state, 1),
    home: (state: MonitState) => inLog(state, scrollToStart),
    end: (state: MonitState) => quiet({ ...state, log: { ...state.log, anchor: null } }),
    f: (state: MonitState) => inLog(state, toggleFollow),
    r: (state: MonitState) => act(state, 'restart'),
    t: (state: MonitState) => act(state, 'start'),
    s: askToStop,
    z: (state: MonitState) => quiet({ ...state, stepMs: nextStep(state.stepMs) }),
    '/': (state: MonitState) => quiet({ ...state, pane: 'services', mode: { kind: 'filter' } }),
    q: (state: MonitState) => ({ state, effects: [{ kind: 'quit' }] }),
    escape: leave,
  }),
);

const EVERYWHERE: ReadonlyMap<string, Effect> = new Map([
  ['ctrl-c', { kind: 'quit' }],
  ['ctrl-z', { kind: 'suspend' }],
  ['ctrl-l', { kind: 'redraw' }],
]);

/** Only a plain yes stops a service; any other key is a no. */
const answer = (state: MonitState, key: string, id: number, name: string): Pressed => ({
  state: { ...state, mode: { kind: 'browse' } },
  effects: key === 'y' || key === 'Y' ? [{ kind: 'act', verb: 'stop', id, name }] : [],
});

const isTyped = (key: string): boolean => Array.from(key).length === 1;

const typeFilter = (state: MonitState, key: string): Pressed => {
  if (key === 'return') return quiet({ ...state, mode: { kind: 'browse' } });
  if (key === 'escape') return quiet({ ...withFilter(state, ''), mode: { kind: 'browse' } });
  if (key === 'up' || key === 'down') return quiet(chooseNext(state, key === 'up' ? -1 : 1));
  if (key === 'backspace') return quiet(withFilter(state, Array.from(state.filter).slice(0, -1).join('')));
  return quiet(isTyped(key) ? withFilter(state, state.filter + key) : state);
};

/** What a key does. Keys are named as `keyName` names them. */
export const press = (before: MonitState, key: string): Pressed => {
  // What was said stays until it is read, and a key tells that it was.
  const state: MonitState = { ...before, message: null };
  const effect = EVERYWHERE.get(key);
  if (effect !== undefined) return { state, effects: [effect] };
  const { mode } = state;
  if (mode.kind === 'confirm-stop') return answer(state, key, mode.id, mode.name);
  if (mode.kind === 'filter') return typeFilter(state, key);
  return BROWSING.get(key)?.(state) ?? quiet(state);
};
