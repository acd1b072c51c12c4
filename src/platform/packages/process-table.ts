import { spawnSync } from 'node:child_process';
import { DevdoctorError } from '../../model/error.ts';
import type { HeldPort, ProcessTable, TableRow } from '../../model/process-table.ts';
import { errorCode } from '../../util/error-code.ts';
import { signalMarked } from '../signal-marked.ts';
import { parseLsof } from './parse-lsof.ts';
import { parsePs, parsePsVariable, PS_COLUMNS } from './parse-ps.ts';

/** What a tool printed; `null` when there is no such tool. */
export type RunTool = (program: string, args: readonly string[]) => string | null;

/** What the portable table needs of the machine. */
export interface PortableMachine {
  readonly run: RunTool;
  /** Which option of `ps` adds the environment to a command line. */
  readonly environmentOption: '-Eww' | 'eww';
  /** A clock of any kind, in milliseconds. */
  readonly now: () => number;
}

/** Looks within one turn share what `ps` printed; before a signal it is always asked again. */
const FRESH_MS = 20;

/** `lsof` takes long, and a launch asks again and again. */
const FRESH_PORTS_MS = 250;

const LONGEST_ANSWER = 64 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/**
 * Runs a tool to its end. Dates are asked for in one language and in UTC: local time has hours that come twice, and a
 * machine that travels would give a process another birth.
 */
export const runTool: RunTool = (program, args) => {
  const { error, stdout, signal } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: LONGEST_ANSWER,
    timeout: TIMEOUT_MS,
  });
  if (error !== undefined && errorCode(error) === 'ENOENT') return null;
  if (error !== undefined || signal !== null) {
    throw new DevdoctorError('environment', `${program} could not be run: ${error?.message ?? signal}`, null, error);
  }
  return stdout;
};

/** Taking no answer for "nobody there" would declare every service dead. */
const listProcesses = (run: RunTool): readonly TableRow[] => {
  const rows = parsePs(run('ps', ['-axo', PS_COLUMNS]) ?? '');
  if (rows.length > 0) return rows;
  throw new DevdoctorError('environment', 'processes could not be listed: ps printed no process', 'Try: ps -ax');
};

const lookAfresh = (run: RunTool, pid: number): TableRow | null =>
  parsePs(run('ps', ['-o', PS_COLUMNS, '-p', String(pid)]) ?? '')[0] ?? null;

/** The session of this boot: its time alone moves when the clock is set. */
const bootOf = (run: RunTool): string => {
  const asked = [
    () => run('cat', ['/proc/sys/kernel/random/boot_id']),
    () => run('sysctl', ['-n', 'kern.bootsessionuuid']),
    () => /sec = (\d+)/.exec(run('sysctl', ['-n', 'kern.boottime']) ?? '')?.[1],
  ];
  for (const ask of asked) {
    const answer = ask()?.trim() ?? '';
    if (answer !== '') return answer;
  }
  return 'unknown';
};

const valuesOf = (
  { run, environmentOption }: PortableMachine,
  pids: readonly number[],
  variable: string,
): ReadonlyMap<number, string> => {
  if (pids.length === 0) return new Map();
  const lines = run('ps', [environmentOption, '-o', 'pid=,command=', '-p', pids.join()]) ?? '';
  const likely = lines.split('\n').filter((line) => line.includes(` ${variable}=`));
  if (likely.length === 0) return new Map();
  const named = likely.map((line) => Number.parseInt(line, 10));
  const commands = run('ps', ['-ww', '-o', 'pid=,command=', '-p', named.join()]) ?? '';
  return parsePsVariable(likely.join('\n'), commands, variable);
};

const listenersOf = (run: RunTool, pids: string): readonly HeldPort[] => {
  if (pids === '') return [];
  const text = run('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-p', pids, '-FpnT']);
  const sockets = parseLsof(text ?? '') ?? [];
  const held = sockets.filter(({ state }) => state === 'listening').map(({ port, pid }) => ({ port, pid }));
  return [...new Map(held.map((one) => [`${one.pid} ${one.port}`, one])).values()];
};

/** Keeps the last answer for a while; another question is asked at once. */
const keepFor = <T>(now: () => number, freshMs: number, ask: (question: string) => T): ((question: string) => T) => {
  let kept: { readonly at: number; readonly question: string; readonly answer: T } | null = null;
  return (question) => {
    const at = now();
    if (kept === null || kept.question !== question || at - kept.at > freshMs)
      kept = { at, question, answer: ask(question) };
    return kept.answer;
  };
};

/**
 * The processes of a POSIX machine as `ps` and `lsof` tell them: births to the second, no shares of memory, and no word of
 * ignored signals. Each look costs the start of a program.
 */
export const createPortableProcessTable = (machine: PortableMachine): ProcessTable => {
  const { run, now } = machine;
  const boot = bootOf(run);
  const all = keepFor(now, FRESH_MS, () => listProcesses(run));
  const listeners = keepFor(now, FRESH_PORTS_MS, (pids) => listenersOf(run, pids));
  return {
    boot,
    birthUnit: 'seconds',
    look: (pid) => all('').find((row) => row.pid === pid) ?? null,
    keep: () => {},
    all: (except) => all('').filter(({ pid }) => except?.has(pid) !== true),
    withVariable: (pids, entry) => {
      const equals = entry.indexOf('=');
      const values = valuesOf(machine, pids, entry.slice(0, equals));
      return pids.filter((pid) => values.get(pid) === entry.slice(equals + 1));
    },
    valuesOf: (pids, variable) => valuesOf(machine, pids, variable),
    births: () => null,
    ignores: () => false,
    isAtRest: (pid) => /^(?:stopped|zombie)$/.test(lookAfresh(run, pid)?.state ?? 'zombie'),
    pssBytes: () => null,
    listeners: (pids) => listeners(pids.join()),
    listenMark: () => null,
    signal: (target, signal) => signalMarked(target, lookAfresh(run, target.pid), boot, signal),
  };
};
