import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import type { BirthMark } from '../../../model/service.ts';
import { lazy } from '../../../util/lazy.ts';

/** Every process there is, from one pass, in the orders that a search for a service's own needs. */
export interface Census {
  /** Was a process born during the pass? It may have been missed together with a parent that ended just then. */
  readonly isTorn: boolean;
  /** All that were looked at, those too that are never a service's. */
  readonly everyone: readonly TableRow[];
  /** The process, if it still was the same and alive. */
  readonly verify: (mark: BirthMark | null) => TableRow | null;
  readonly childrenOf: (pid: number) => readonly TableRow[];
  readonly inGroup: (groupId: number) => readonly TableRow[];
  readonly inSession: (sessionId: number) => readonly TableRow[];
  /** Processes whose environment carries exactly this mark, `NAME=value`. */
  readonly carrying: (mark: string) => readonly TableRow[];
}

/** Reads the values of one variable of some processes, by pid. */
export type ReadValues = (rows: readonly TableRow[], variable: string) => ReadonlyMap<number, string>;

/** What a count goes by. */
export interface CensusMeans {
  /** The pid of the daemon; of this process unless told otherwise. */
  readonly self?: number;
  /** Processes that need not be counted. */
  readonly except?: ReadonlySet<number>;
  /** Reads each environment afresh unless told otherwise. */
  readonly readValues?: ReadValues;
}

const NOBODY: readonly TableRow[] = [];

const groupBy = <K>(rows: readonly TableRow[], keyOf: (row: TableRow) => K): ReadonlyMap<K, readonly TableRow[]> => {
  const groups = new Map<K, TableRow[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
};

/** Makes each value once. */
const keep = <T>(make: (key: string) => T): ((key: string) => T) => {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
};

/** Init, this process, and all it descends from: whatever they carry or lead, they are no service's. */
const sparedOf = (everyone: readonly TableRow[], self: number): ReadonlySet<number> => {
  const parents = new Map(everyone.map(({ pid, parentPid }) => [pid, parentPid]));
  const spared = new Set([0, 1]);
  for (let pid = self; !spared.has(pid); pid = parents.get(pid) ?? 0) spared.add(pid);
  return spared;
};

/** Threads of the kernel are in no group and no session. */
const isOfKernel = ({ groupId, sessionId }: TableRow): boolean => groupId === 0 && sessionId === 0;

const readAfresh =
  (table: ProcessTable): ReadValues =>
  (rows, variable) =>
    table.valuesOf(
      rows.map(({ pid }) => pid),
      variable,
    );

/**
 * Counts every process but those that are never a service's: the daemon and its ancestors, init, threads of the kernel. The
 * dead that wait for their parent are no processes any more.
 */
export const takeCensus = (table: ProcessTable, means: CensusMeans = {}): Census => {
  const { self = process.pid, except, readValues = readAfresh(table) } = means;
  const births = table.births();
  const everyone = table.all(except);
  const isTorn = births !== table.births();
  const spared = sparedOf(everyone, self);
  const rows = everyone.filter((row) => row.state !== 'zombie' && !spared.has(row.pid) && !isOfKernel(row));
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const children = lazy(() => groupBy(rows, ({ parentPid }) => parentPid));
  const groups = lazy(() => groupBy(rows, ({ groupId }) => groupId));
  const sessions = lazy(() => groupBy(rows, ({ sessionId }) => sessionId));
  const carriers = keep((variable) => {
    const values = readValues(rows, variable);
    return groupBy(rows, ({ pid }) => values.get(pid));
  });
  return {
    isTorn,
    everyone,
    verify: (mark) => {
      const row = mark?.boot === table.boot ? byPid.get(mark.pid) : undefined;
      return row !== undefined && row.born === mark?.born ? row : null;
    },
    childrenOf: (pid) => children().get(pid) ?? NOBODY,
    inGroup: (groupId) => groups().get(groupId) ?? NOBODY,
    inSession: (sessionId) => sessions().get(sessionId) ?? NOBODY,
    carrying: (mark) => {
      const equals = mark.indexOf('=');
      return carriers(mark.slice(0, equals)).get(mark.slice(equals + 1)) ?? NOBODY;
    },
  };
};
