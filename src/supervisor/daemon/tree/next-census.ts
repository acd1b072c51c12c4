import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../model/clock.ts';
import type { ProcessTable } from '../../../model/process-table.ts';
import { takeCensus, type Census } from './census.ts';

/** No two passes follow each other faster: fifty services that stop at once share them. */
const PACE_MS = 8;

interface Pace {
  pending: Promise<Census> | null;
  lastAt: number;
}

const paces = new WeakMap<ProcessTable, Pace>();

/** A census that begins after this call, shared by all who asked until then. */
export const nextCensus = (table: ProcessTable, clock: Clock): Promise<Census> => {
  const pace = paces.get(table) ?? { pending: null, lastAt: Number.NEGATIVE_INFINITY };
  paces.set(table, pace);
  const count = async (): Promise<Census> => {
    try {
      const wait = Math.min(PACE_MS, pace.lastAt + PACE_MS - clock.now());
      if (wait > 0) await clock.sleep(wait);
      else await setImmediate();
    } finally {
      pace.pending = null;
      pace.lastAt = clock.now();
    }
    return takeCensus(table);
  };
  pace.pending ??= count();
  return pace.pending;
};
