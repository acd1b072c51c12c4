import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessTable, TableRow } from '../../src/model/process-table.ts';
import { parseStat } from '../../src/platform/linux/parse-stat.ts';

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
};

const boot = (read('/proc/sys/kernel/random/boot_id') ?? '').trim();

const look = (pid: number): TableRow | null => {
  const stat = parseStat(read(`/proc/${pid}/stat`) ?? '');
  if (stat === null) return null;
  const { name, state, parentPid, groupId, sessionId, startTicks } = stat;
  return { pid, name, state, parentPid, groupId, sessionId, born: startTicks, cpuMs: 0, rssBytes: 0 };
};

const numbers = (folder: string): readonly number[] => readdirSync(folder).map(Number).filter(Number.isInteger);

/** As much of the process table as logs need, read from /proc. */
export const procTable: ProcessTable = {
  boot,
  birthUnit: 'ticks',
  look,
  keep: () => {},
  all: () => numbers('/proc').flatMap((pid) => look(pid) ?? []),
  withVariable: () => [],
  valuesOf: () => new Map(),
  births: () => null,
  ignores: () => false,
  isAtRest: (pid) => {
    try {
      return numbers(`/proc/${pid}/task`).every((thread) =>
        /\) [TtZX] /.test(read(`/proc/${pid}/task/${thread}/stat`) ?? ') X '),
      );
    } catch {
      return true;
    }
  },
  pssBytes: () => null,
  listeners: () => [],
  listenMark: () => null,
  signal: ({ pid, born }, signal) => {
    if (look(pid)?.born !== born) return 'gone';
    process.kill(pid, signal);
    return 'sent';
  },
};
