import type { SignalOutcome } from '../../../model/platform.ts';
import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import type { BirthMark } from '../../../model/service.ts';

/** How far a stop has come: asking, asking again with SIGTERM, ending by force. */
export type Stage = 'ask' | 'insist' | 'force';

/** Sends each process of a stop the signals that are due. */
export interface Ladder {
  /** `isHeadless`: the main process is gone, so nothing asks the others to end but this. */
  readonly climb: (members: readonly TableRow[], stage: Stage, isHeadless: boolean) => void;
  /** How many processes got SIGKILL. */
  readonly forced: () => number;
  /** Is this a process that the system lets nobody like us signal? */
  readonly isOutOfReach: (row: TableRow) => boolean;
}

const keyOf = ({ pid, born }: TableRow): string => `${pid} ${born}`;

/** Starts a ladder whose first rung is `polite`. No process gets a signal twice, but for SIGKILL and SIGCONT. */
export const createLadder = (table: ProcessTable, polite: NodeJS.Signals): Ladder => {
  const got = new Map<string, Set<NodeJS.Signals>>();
  const forced = new Set<string>();
  const outOfReach = new Set<string>();
  const send = (row: TableRow, signal: NodeJS.Signals): SignalOutcome => {
    const target: BirthMark = { pid: row.pid, born: row.born, boot: table.boot };
    const outcome = table.signal(target, signal);
    if (outcome === 'not-permitted') outOfReach.add(keyOf(row));
    return outcome;
  };
  const sendOnce = (row: TableRow, signal: NodeJS.Signals): void => {
    const before = got.get(keyOf(row)) ?? new Set();
    if (before.has(signal)) return;
    got.set(keyOf(row), before.add(signal));
    send(row, signal);
  };
  const ask = (row: TableRow): void => {
    if (got.has(keyOf(row))) return;
    const ignored = table.ignores(row.pid, polite);
    sendOnce(row, polite);
    if (ignored) sendOnce(row, 'SIGTERM');
  };
  const climbOne = (row: TableRow, stage: Stage, isHeadless: boolean): void => {
    if (stage === 'force') {
      if (send(row, 'SIGKILL') === 'sent') forced.add(keyOf(row));
      return;
    }
    if (stage === 'insist' || isHeadless) sendOnce(row, 'SIGTERM');
    else ask(row);
    // A stopped process answers no signal before it goes on.
    if (row.state === 'stopped') send(row, 'SIGCONT');
  };
  return {
    climb: (members, stage, isHeadless) => {
      for (const row of members) climbOne(row, stage, isHeadless);
    },
    forced: () => forced.size,
    isOutOfReach: (row) => outOfReach.has(keyOf(row)),
  };
};
