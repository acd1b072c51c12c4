import type { TableRow } from '../../../model/process-table.ts';

/** Processes that belong to no service, so that they need not be looked at again each time. */
export interface Strangers {
  readonly known: (now: number) => ReadonlySet<number>;
  /** Takes in everybody of a pass who is nobody's. */
  readonly meet: (rows: readonly TableRow[], ours: ReadonlySet<number>) => void;
  readonly forget: () => void;
}

/** A pid of a stranger may be another process's by then. What is ended is found without this memory. */
const FORGET_MS = 60_000;

/** Starts without any. Nobody is a stranger at first sight: a process that is only being started may become a service. */
export const createStrangers = (): Strangers => {
  let strangers = new Set<number>();
  let seenOnce: ReadonlyMap<number, number> = new Map();
  let since = Number.NEGATIVE_INFINITY;
  const forget = (): void => {
    strangers = new Set();
    seenOnce = new Map();
  };
  return {
    known: (now) => {
      if (now - since >= FORGET_MS) {
        since = now;
        forget();
      }
      return strangers;
    },
    meet: (rows, ours) => {
      const others = rows.filter(({ pid }) => !ours.has(pid));
      for (const { pid, born } of others) if (seenOnce.get(pid) === born) strangers.add(pid);
      seenOnce = new Map(others.map(({ pid, born }) => [pid, born]));
    },
    forget,
  };
};
