import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import { takeCensus } from '../tree/census.ts';
import { membersIn, type Family } from '../tree/find-members.ts';
import { lookAgain } from '../../core/look-at.ts';
import { rememberValues } from './remember-values.ts';
import { createStrangers } from './strangers.ts';
import type { WatchedTree } from './watched-tree.ts';

/** A service that runs, as the sampler needs to know it. */
export interface Sampled {
  readonly id: number;
  /** What is `known` besides what earlier samples found. */
  readonly family: Family;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly limitBytes: number | null;
}

/** A service and what is known of its processes. */
export interface Watched {
  readonly service: Sampled;
  readonly tree: WatchedTree;
}

/** The processes of each service, now. */
export interface Pass {
  readonly rowsOf: (id: number) => readonly TableRow[];
  /** When every process was looked at the last time before this. */
  readonly lastPassAt: number;
}

/** Looks at the processes of services, at no more than it must. */
export interface Passes {
  readonly look: (watched: readonly Watched[], now: number, isWatched: boolean) => Pass;
}

const SETTLING_MS = 30_000;

/** How long a process that a service started may go unseen. Under a limit, two ticks, whatever else happens. */
const UNSEEN_MS = 9_500;
const UNSEEN_UNDER_LIMIT_MS = 3_500;

/** A service that was just started still starts others. */
export const isSettling = (startedAt: number, now: number): boolean => now - startedAt < SETTLING_MS;

const mainOf = ({ service: { family } }: Watched): string => `${family.main?.pid} ${family.main?.born}`;

/** The end of a service without a shim, and too much memory, are seen by nobody else. */
const mayRest = ({ service: { family, limitBytes }, tree }: Watched): boolean => {
  const main = tree.members().find(({ pid }) => pid === family.main?.pid);
  return limitBytes === null && main !== undefined && main.parentPid === family.shim?.pid;
};

const isDue = (watched: readonly Watched[], ageMs: number, now: number, isWatched: boolean): boolean => {
  if (watched.some(({ service }) => isSettling(service.startedAt, now))) return true;
  const isUrgent = isWatched || watched.some(({ service }) => service.limitBytes !== null);
  return ageMs >= (isUrgent ? UNSEEN_UNDER_LIMIT_MS : UNSEEN_MS);
};

/**
 * To look at every process takes 1.5 ms for 140 of them, and three times that when it was not done for seconds; to look at
 * one, a hundredth. So others are looked for only when a process was born since the last time, and even then not at every
 * tick; and strangers are passed over.
 */
export const createPasses = (table: ProcessTable): Passes => {
  const readValues = rememberValues(table);
  const strangers = createStrangers();
  let lastAt = Number.NEGATIVE_INFINITY;
  let lastBirths: number | null = null;
  let lastMains: ReadonlyMap<number, string> = new Map();
  const lookAtAll = (watched: readonly Watched[], births: number | null, now: number): Pass => {
    const census = takeCensus(table, { readValues, except: strangers.known(now) });
    const found = new Map(
      watched.map(({ service: { id, family }, tree }) => {
        const known = [...family.known, ...tree.marks()];
        return [id, membersIn(census, { ...family, known })] as const;
      }),
    );
    const shims = watched.flatMap(({ service }) => service.family.shim?.pid ?? []);
    const members = [...found.values()].flat().map(({ pid }) => pid);
    table.keep(members);
    strangers.meet(census.everyone, new Set([...shims, ...members]));
    const lastPassAt = lastAt;
    [lastAt, lastBirths] = [now, births];
    lastMains = new Map(watched.map((one) => [one.service.id, mainOf(one)]));
    return { rowsOf: (id) => found.get(id) ?? [], lastPassAt };
  };
  return {
    look: (watched, now, isWatched) => {
      if (watched.length === 0) table.keep([]);
      if (watched.length === 0) return { rowsOf: () => [], lastPassAt: lastAt };
      const births = table.births();
      const hasNew = watched.some((one) => lastMains.get(one.service.id) !== mainOf(one));
      if (hasNew) strangers.forget();
      const hasBirths = births === null || births !== lastBirths;
      if (hasNew || (hasBirths && isDue(watched, now - lastAt, now, isWatched))) return lookAtAll(watched, births, now);
      const again = ({ tree }: Watched, rests: boolean): readonly TableRow[] =>
        rests && tree.rest(now) ? tree.members() : lookAgain(table, tree.members());
      const rows = new Map(watched.map((one) => [one.service.id, again(one, !isWatched && mayRest(one))] as const));
      return { rowsOf: (id) => rows.get(id) ?? [], lastPassAt: lastAt };
    },
  };
};
