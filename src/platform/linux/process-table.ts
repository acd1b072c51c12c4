import { readdirSync } from 'node:fs';
import type { ProcessTable, TableRow } from '../../model/process-table.ts';
import { signalMarked } from '../signal-marked.ts';
import { PAGE_BYTES } from './describe-process.ts';
import { createFileReader, type FileReader } from './file-reader.ts';
import { valueIn } from './find-variable.ts';
import { createKeptFiles, type KeptFiles } from './kept-files.ts';
import { watchListening } from './listening.ts';
import { parsePss } from './parse-memory.ts';
import { ignoresSignal } from './parse-signals.ts';
import { parseStat } from './parse-stat.ts';
import { procFiles } from './proc-files.ts';
import { TICK_MS } from './read-process.ts';

/** Stopped by a signal or a tracer, dead, or dying: it runs no further. */
const AT_REST = new Set(['T', 't', 'Z', 'X', 'x']);

const rowOf = (pid: number, text: string): TableRow | null => {
  const fields = parseStat(text);
  if (fields === null) return null;
  return {
    pid,
    parentPid: fields.parentPid,
    groupId: fields.groupId,
    sessionId: fields.sessionId,
    state: fields.state,
    name: fields.name,
    born: fields.startTicks,
    cpuMs: fields.cpuTicks * TICK_MS,
    rssBytes: fields.residentPages * PAGE_BYTES,
  };
};

interface Known {
  readonly bytes: Buffer;
  readonly row: TableRow;
}

/** More processes than that are not looked at again and again. */
const MOST_KNOWN = 4_096;

/** Looks at processes. One that slept since the last look is told by the same bytes, which need not be taken apart again. */
const looker = (files: KeptFiles): ((pid: number) => TableRow | null) => {
  const known = new Map<number, Known>();
  return (pid) => {
    const bytes = files.bytes(pid);
    const before = known.get(pid);
    if (bytes !== null && before?.bytes.equals(bytes) === true) return before.row;
    const row = bytes === null ? null : rowOf(pid, bytes.toString('utf8'));
    if (known.size >= MOST_KNOWN) known.clear();
    if (bytes === null || row === null) known.delete(pid);
    else known.set(pid, { bytes: Buffer.from(bytes), row });
    return row;
  };
};

const pidsIn = (proc: string): readonly number[] => readdirSync(proc).map(Number).filter(Number.isInteger);

/** The number of the process born last in this namespace, which /proc/loadavg ends with. */
const birthsIn = (text: string | null): number | null => {
  const last = Number(text?.trim().split(' ').at(-1) ?? Number.NaN);
  return Number.isInteger(last) ? last : null;
};

const valuesOf = (
  proc: string,
  files: FileReader,
  pids: readonly number[],
  variable: string,
): ReadonlyMap<number, string> => {
  const values = new Map<number, string>();
  for (const pid of pids) {
    const environ = files.bytes(`${proc}/${pid}/environ`);
    const value = environ === null ? null : valueIn(environ, variable);
    if (value !== null) values.set(pid, value);
  }
  return values;
};

const isAtRest = (proc: string, files: FileReader, pid: number): boolean =>
  (procFiles(proc).list(`${pid}/task`) ?? []).every((task) => {
    const text = files.text(`${proc}/${pid}/task/${task}/stat`);
    return text === null || AT_REST.has(text.charAt(text.lastIndexOf(')') + 2));
  });

/** The processes of a Linux machine by way of /proc. `proc` may be another root, such as a recorded one. */
export const createLinuxProcessTable = (
  proc: string = '/proc',
  now: () => number = () => performance.now(),
): ProcessTable => {
  const files = createFileReader();
  const listening = watchListening(proc, files.text, now);
  const boot = files.text(`${proc}/sys/kernel/random/boot_id`)?.trim() ?? 'unknown';
  const kept = createKeptFiles(files, (pid) => `${proc}/${pid}/stat`);
  const lookAt = looker(kept);
  const rowsOf = (pids: readonly number[]): readonly TableRow[] => pids.flatMap((pid) => lookAt(pid) ?? []);
  return {
    boot,
    birthUnit: 'ticks',
    look: lookAt,
    keep: kept.keep,
    all: (except) => rowsOf(except === undefined ? pidsIn(proc) : pidsIn(proc).filter((pid) => !except.has(pid))),
    withVariable: (pids, entry) => {
      const equals = entry.indexOf('=');
      const values = valuesOf(proc, files, pids, entry.slice(0, equals));
      return pids.filter((pid) => values.get(pid) === entry.slice(equals + 1));
    },
    valuesOf: (pids, variable) => valuesOf(proc, files, pids, variable),
    births: () => birthsIn(files.text(`${proc}/loadavg`)),
    ignores: (pid, signal) => ignoresSignal(files.text(`${proc}/${pid}/status`) ?? '', signal),
    isAtRest: (pid) => isAtRest(proc, files, pid),
    pssBytes: (pid) => parsePss(files.text(`${proc}/${pid}/smaps_rollup`) ?? ''),
    listeners: (pids) => listening.heldBy(pids),
    listenMark: listening.mark,
    signal: (target, signal) => signalMarked(target, lookAt(target.pid), boot, signal),
  };
};
