import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BirthMark } from '../../model/service.ts';
import { errorCode } from '../../util/error-code.ts';
import { SIGNAL_NAMES } from '../../util/signal-names.ts';

/** What the shim of a run wrote of itself and its service. */
export interface RunClaim {
  /** A shim took this run, whether or not it has said more. */
  readonly isClaimed: boolean;
  /** `null` until told. On systems without /proc `born` is `NaN`: the reader finds it out. */
  readonly shim: BirthMark | null;
  readonly main: BirthMark | null;
}

/** How a run ended, as its shim recorded it. */
export interface RecordedExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Where a run's files begin. */
export const runBase = (folder: string, id: number, launch: number): string => join(folder, `${id}-${launch}`);

const readIfAny = (file: string): string | null => {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

const markIn = (text: string, who: string, boot: string): BirthMark | null => {
  const [, pid, born = ''] = new RegExp(`^${who} (\\d+) (\\d*)\\n`, 'm').exec(text) ?? [];
  return pid === undefined ? null : { pid: Number(pid), born: born === '' ? Number.NaN : Number(born), boot };
};

/** Reads who runs. Lines that are not whole yet are left out. */
export const readClaim = (base: string): RunClaim => {
  const text = readIfAny(`${base}.pid`);
  if (text === null) return { isClaimed: false, shim: null, main: null };
  const boot = /^boot (\S+)\n/.exec(text)?.[1] ?? '';
  return { isClaimed: true, shim: markIn(text, 'shim', boot), main: markIn(text, 'main', boot) };
};

const FIRST_SIGNAL_CODE = 128;
/** Signals of which a shell says nothing when they end its child. */
const SILENT = new Set(['SIGINT', 'SIGPIPE']);

/**
 * How a shell tells an end: its last line is the status, above 128 for a signal. A program may leave with such a status by
 * itself; then the shell has said nothing before.
 */
export const parseExit = (text: string): Pick<RecordedExit, 'code' | 'signal'> | null => {
  const [, said = '', status] = /^([^]*?)(\d+)\n$/.exec(text) ?? [];
  if (status === undefined) return null;
  const code = Number(status);
  const signal = SIGNAL_NAMES.get(code - FIRST_SIGNAL_CODE) ?? null;
  if (signal === null || (said.trim() === '' && !SILENT.has(signal))) return { code, signal: null };
  return { code: null, signal };
};

/** How a run ended; `null` while it goes on, and when its shim was killed before it could say. */
export const readExit = (base: string): RecordedExit | null => {
  const text = readIfAny(`${base}.exit`);
  const exit = text === null ? null : parseExit(text);
  return exit === null ? null : { ...exit, at: statSync(`${base}.exit`).mtimeMs };
};

/** The highest launch of each service that has left files, by id. */
export const launchesIn = (folder: string): ReadonlyMap<number, number> => {
  const launches = new Map<number, number>();
  for (const name of readdirSync(folder)) {
    const [, id, launch] = /^(\d+)-(\d+)\.pid$/.exec(name) ?? [];
    if (id === undefined || launch === undefined) continue;
    launches.set(Number(id), Math.max(launches.get(Number(id)) ?? 0, Number(launch)));
  }
  return launches;
};

/** Removes the files of a run. */
export const removeRunFiles = (base: string): void => {
  for (const ending of ['pid', 'exit']) rmSync(`${base}.${ending}`, { force: true });
};

/** A shim makes its files with the mask that the service is to have; once the main process is told of, both are there. */
export const makeRunFilesPrivate = (base: string): void => {
  for (const ending of ['pid', 'exit']) chmodSync(`${base}.${ending}`, 0o600);
};
