import type { ProcessTable } from '../../../../model/process-table.ts';
import type { BirthMark } from '../../../../model/service.ts';
import type { Writers } from '../log-service.ts';
import { createFamilies } from './families.ts';
import type { Slot } from './slot.ts';

/** Lets processes go on. */
export type Resume = () => void;

/** Brings the writers of a file to rest for an instant. */
export interface Pauser {
  /** `null` when they are not known, or cannot all be brought to rest: then all of them go on. */
  readonly pause: (writers: readonly Writers[]) => Resume | null;
  /** Who was stopped by somebody who was ended before he could let them go on. */
  readonly left: () => readonly BirthMark[];
  /** Lets them go on. */
  readonly recover: () => void;
}

const REST_BUDGET_MS = 40;
const POLL_MS = 0.3;

const cell = new Int32Array(new SharedArrayBuffer(4));
const sleep = (ms: number): void => void Atomics.wait(cell, 0, 0, ms);

/** Alive, and not stopped by somebody else, who would not want it to go on. */
const isToBeStopped = (table: ProcessTable, { pid, born, boot }: BirthMark): boolean => {
  if (pid === process.pid) return false;
  const row = table.look(pid);
  return row !== null && row.born === born && table.boot === boot && row.state !== 'stopped' && row.state !== 'zombie';
};

const isAtRest = (table: ProcessTable, { pid, born }: BirthMark): boolean => {
  const row = table.look(pid);
  return row === null || row.born !== born || row.state === 'zombie' || table.isAtRest(pid);
};

const untilAtRest = (table: ProcessTable, stopped: readonly BirthMark[], uptime: () => number): boolean => {
  const end = uptime() + REST_BUDGET_MS;
  let waiting = stopped.filter((mark) => !isAtRest(table, mark));
  while (waiting.length > 0 && uptime() < end) {
    sleep(POLL_MS);
    waiting = waiting.filter((mark) => !isAtRest(table, mark));
  }
  return waiting.length === 0;
};

const isMarkList = (value: unknown): value is readonly BirthMark[] =>
  Array.isArray(value) &&
  value.every(
    (mark: unknown) => typeof mark === 'object' && mark !== null && 'pid' in mark && 'born' in mark && 'boot' in mark,
  );

const marksIn = (slot: Slot): readonly BirthMark[] => {
  const value = slot.read();
  return isMarkList(value) ? value : [];
};

/** Who is stopped stands in the slot before anybody is, so that no sudden end of ours leaves a service stopped. */
export const createPauser = (table: ProcessTable, slot: Slot, uptime: () => number): Pauser => {
  const families = createFamilies(table, uptime);

  const goOn = (stopped: readonly BirthMark[]): void => {
    for (const mark of stopped) table.signal(mark, 'SIGCONT');
    slot.clear();
  };

  /** Stops what is not stopped yet; `false` when the list is too long to be kept. */
  const stopMore = (stopped: BirthMark[], candidates: readonly BirthMark[]): boolean => {
    const known = new Set(stopped.map(({ pid }) => pid));
    const fresh = candidates.filter((mark) => !known.has(mark.pid) && isToBeStopped(table, mark));
    const more = [...new Map(fresh.map((mark) => [mark.pid, mark])).values()];
    if (more.length === 0) return true;
    if (!slot.write([...stopped, ...more])) return false;
    stopped.push(...more);
    for (const mark of more) table.signal(mark, 'SIGSTOP');
    return untilAtRest(table, stopped, uptime);
  };

  const stopAll = (stopped: BirthMark[], writers: readonly BirthMark[]): boolean => {
    if (!stopMore(stopped, [...writers, ...families.known(writers)])) return false;
    // Only once they rest can nobody of them start another child.
    return stopMore(stopped, families.look(writers));
  };

  return {
    pause: (groups) => {
      const stopped: BirthMark[] = [];
      if (groups.includes(null)) return null;
      const writers = groups.flatMap((group) => group?.() ?? []);
      let resting = false;
      try {
        resting = stopAll(stopped, writers);
      } finally {
        if (!resting && stopped.length > 0) goOn(stopped);
      }
      return resting ? () => stopped.length > 0 && goOn(stopped) : null;
    },
    left: () => marksIn(slot),
    recover: () => goOn(marksIn(slot).filter(({ boot }) => boot === table.boot)),
  };
};
