import type { ProcessTable } from '../../../../model/process-table.ts';
import type { BirthMark } from '../../../../model/service.ts';

/** Finds the children of writers that nobody told of. */
export interface Families {
  /** As they were last seen. */
  readonly known: (writers: readonly BirthMark[]) => readonly BirthMark[];
  /** As they are now; none when there was a look just now that knows them well enough. */
  readonly look: (writers: readonly BirthMark[]) => readonly BirthMark[];
}

/** A look is a pass over all processes: no more than this part of the time. */
const SHARE = 0.01;
const REMEMBERED = 1_000;

/** All processes below these, and they themselves, as far as they live. */
const familyOf = (table: ProcessTable, writers: readonly BirthMark[]): readonly BirthMark[] => {
  const rows = table.all();
  const family = new Set(writers.map(({ pid }) => pid));
  for (let before = -1; before < family.size;) {
    before = family.size;
    for (const { pid, parentPid } of rows) if (family.has(parentPid)) family.add(pid);
  }
  const { boot } = table;
  return rows.filter(({ pid }) => family.has(pid)).map(({ pid, born }) => ({ pid, born, boot }));
};

/** Remembers families by the first of their writers. */
export const createFamilies = (table: ProcessTable, uptime: () => number): Families => {
  const families = new Map<number, readonly BirthMark[]>();
  let due = 0;
  return {
    known: (writers) => families.get(writers[0]?.pid ?? 0) ?? [],
    look: (writers) => {
      const first = writers[0]?.pid;
      const begin = uptime();
      if (first === undefined || (families.has(first) && begin < due)) return [];
      const family = familyOf(table, writers);
      due = begin + (uptime() - begin) / SHARE;
      if (families.size >= REMEMBERED) families.clear();
      families.set(first, family);
      return family;
    },
  };
};
