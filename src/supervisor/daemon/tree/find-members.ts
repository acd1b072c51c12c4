import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import type { BirthMark } from '../../../model/service.ts';
import { takeCensus, type Census } from './census.ts';

/** All by which the processes of one run of a service are found. */
export interface Family {
  readonly shim: BirthMark | null;
  readonly main: BirthMark | null;
  /** `DEVDOCTOR_SERVICE=<key>.<id>`, which every descendant inherits. */
  readonly mark: string;
  /** Members seen earlier. */
  readonly known: readonly BirthMark[];
  /**
   * The shim was seen to end in this instant. Its number is given to nobody while its session has members, and the numbers of
   * the system do not come round in an instant, so that whoever is in its session belongs to it.
   */
  readonly hasJustEnded?: boolean;
}

/** A living leader keeps its number from other groups; the number of a dead one proves nothing. */
const ledBy = (census: Census, shim: TableRow | null): readonly TableRow[] => {
  if (shim === null) return [];
  return [
    ...census.childrenOf(shim.pid),
    ...(shim.groupId === shim.pid ? census.inGroup(shim.pid) : []),
    ...(shim.sessionId === shim.pid ? census.inSession(shim.pid) : []),
  ];
};

/** Whoever is in the session of a shim that has just ended, unless its number is another's already. */
const leftBy = (census: Census, { shim, hasJustEnded }: Family): readonly TableRow[] => {
  if (hasJustEnded !== true || shim === null) return [];
  const isTaken = census.everyone.some(({ pid, born }) => pid === shim.pid && born !== shim.born);
  return isTaken ? [] : [...census.inSession(shim.pid), ...census.inGroup(shim.pid)];
};

/** The members of a family in this census, the shim left out. */
export const membersIn = (census: Census, family: Family): readonly TableRow[] => {
  const { shim, main, mark, known } = family;
  const leader = census.verify(shim);
  const found = new Map<number, TableRow>();
  const open = [
    ...ledBy(census, leader),
    ...leftBy(census, family),
    ...[main, ...known].flatMap((one) => census.verify(one) ?? []),
    ...census.carrying(mark),
  ];
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    if (found.has(row.pid) || row.pid === leader?.pid) continue;
    found.set(row.pid, row);
    open.push(...census.childrenOf(row.pid));
  }
  return [...found.values()];
};

/**
 * Finds everything that belongs to a run: what a living shim leads, what carries the mark of the service in its environment,
 * members seen earlier, and what descends from any of these. The shim itself is not among them: it ends by itself when the
 * main process does. Never among them are this process, its ancestors, init, and threads of the kernel.
 */
export const findMembers = (table: ProcessTable, family: Family): readonly BirthMark[] =>
  membersIn(takeCensus(table), family).map(({ pid, born }) => ({ pid, born, boot: table.boot }));
