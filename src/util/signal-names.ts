import { constants } from 'node:os';

/** The names of signals by their numbers; of several names for one number the first. */
export const SIGNAL_NAMES: ReadonlyMap<number, NodeJS.Signals> = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name as NodeJS.Signals] as const),
);
