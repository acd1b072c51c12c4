import type { ServiceRow } from '../../model/service.ts';
import { EMPTY_LOG, type MonitState } from './monit-state.ts';

/** The services that the filter lets through, by name, namespace or id. */
export const shownServices = ({ services, filter }: Pick<MonitState, 'services' | 'filter'>): readonly ServiceRow[] => {
  const wanted = filter.toLowerCase();
  return (services ?? []).filter(
    ({ id, name, namespace }) =>
      wanted === '' ||
      String(id) === wanted ||
      name.toLowerCase().includes(wanted) ||
      namespace.toLowerCase().includes(wanted),
  );
};

/** The chosen service; `null` when there is none. */
export const selectedService = ({ services, selected }: MonitState): ServiceRow | null =>
  services?.find(({ id }) => id === selected) ?? null;

/** Chooses a service. What is known of another one goes, so that it is never taken for the new one's. */
export const select = (state: MonitState, id: number | null): MonitState =>
  id === state.selected
    ? state
    : { ...state, selected: id, detail: null, log: { ...EMPTY_LOG, turn: state.log.turn + 1 } };

/** Keeps the choice while it is shown; else takes what stands in its place now. `place` is where it stood before. */
export const keepSelection = (state: MonitState, place: number): MonitState => {
  const shown = shownServices(state);
  if (shown.some(({ id }) => id === state.selected)) return state;
  const next = shown[Math.min(Math.max(0, place), shown.length - 1)];
  return select(state, next?.id ?? null);
};

/** Where the chosen service stands among the shown ones; -1 when it does not. */
export const placeOf = (state: MonitState): number => shownServices(state).findIndex(({ id }) => id === state.selected);
