import type { HeldPort, ProcessTable, TableRow } from '../../model/process-table.ts';
import { MARK_VARIABLE } from '../state/home.ts';
import { markOf } from '../state/instance-environment.ts';
import type { Job } from './job.ts';

const FIRST_LOOK_MS = 15;
const SOON_MS = 30;
const LONGEST_LOOK_MS = 60;
/** With many services starting, looking costs what they need to start. */
const MANY = 8;
/** Who does not listen by then may have forked its server away, which only its mark tells. */
const PATIENCE_MS = 250;

/** The living descendants of a process, with it. */
const familyOf = (root: number, rows: readonly TableRow[]): readonly number[] => {
  const found = new Set([root]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { pid, parentPid } of rows) if (found.has(parentPid)) found.add(pid);
  }
  return [...found];
};

const isStarting = (job: Job): boolean => {
  const { status, run } = job.record();
  return status === 'launching' && run !== null && run.isOn && run.main !== null;
};

const portsOf = (pids: readonly number[], held: readonly HeldPort[]): readonly number[] => {
  const own = new Set(pids);
  return [...new Set(held.filter(({ pid }) => own.has(pid)).map(({ port }) => port))].toSorted((a, b) => a - b);
};

const isLate = ({ record, context }: Job): boolean => context.now() - (record().run?.startedAt ?? 0) >= PATIENCE_MS;

/** Processes that are in no family and were born later than the first of these services, by the mark that they carry. */
const straysOf = (
  late: readonly Job[],
  families: readonly (readonly number[])[],
  rows: readonly TableRow[],
  table: ProcessTable,
): ReadonlyMap<number, string> => {
  if (late.length === 0) return new Map();
  const known = new Set(families.flat());
  const since = Math.min(...late.map(({ record }) => record().run?.main?.born ?? 0));
  const young = rows.filter(({ pid, born }) => born >= since && !known.has(pid));
  return table.valuesOf(
    young.map(({ pid }) => pid),
    MARK_VARIABLE,
  );
};

const lookAtAll = (jobs: readonly Job[], table: ProcessTable): void => {
  const rows = table.all();
  const families = jobs.map((job) => familyOf(job.record().run?.main?.pid ?? 0, rows));
  const strays = straysOf(jobs.filter(isLate), families, rows, table);
  const held = table.listeners([...families.flat(), ...strays.keys()]);
  for (const [index, job] of jobs.entries()) {
    const mark = markOf(job.context.home, job.id);
    const own = [...strays].flatMap(([pid, carried]) => (carried === mark ? [pid] : []));
    job.judge(portsOf([...(families[index] ?? []), ...own], held));
  }
};

/** Looks at services that are starting, until all of them are up or gone. */
export const readinessWatch = (jobs: () => readonly Job[], table: ProcessTable): (() => void) => {
  let timer: NodeJS.Timeout | null = null;
  const look = (pause: number): void => {
    timer = null;
    const starting = jobs().filter(isStarting);
    if (starting.length > 0) lookAtAll(starting, table);
    if (jobs().some(({ record }) => record().status === 'launching')) {
      const left = starting.filter(isStarting).length;
      // Where some came up, the last of them are about to.
      const soon = left < starting.length ? SOON_MS : pause * 1.3;
      const next = left > MANY ? LONGEST_LOOK_MS : Math.min(LONGEST_LOOK_MS, soon);
      timer = setTimeout(look, next, next);
    }
  };
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(look, FIRST_LOOK_MS, FIRST_LOOK_MS);
  };
};
