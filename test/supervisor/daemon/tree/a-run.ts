import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../src/model/clock.ts';
import type { ProcessTable } from '../../../../src/model/process-table.ts';
import type { BirthMark } from '../../../../src/model/service.ts';
import { createLinuxProcessTable } from '../../../../src/platform/linux/process-table.ts';
import type { Family } from '../../../../src/supervisor/daemon/tree/find-members.ts';
import { cleanEnvironment } from '../../../helpers/clean-environment.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

export const CLOCK: Clock = { now: () => Date.now(), sleep: (ms) => delay(ms) };

/** The processes of this machine. */
export const TABLE: ProcessTable = createLinuxProcessTable();

/** Who has a pid now. */
export const birthOf = (pid: number, table: ProcessTable = TABLE): BirthMark => {
  const row = table.look(pid);
  if (row === null) throw new Error(`nobody has the pid ${pid}`);
  return { pid, born: row.born, boot: table.boot };
};

/** Is it alive, the dead that wait for their parent left out? */
export const isAlive = (pid: number): boolean => (TABLE.look(pid)?.state ?? 'zombie') !== 'zombie';

/** A run of a service: a shell in a session of its own with one command in the foreground. */
export interface Run {
  readonly child: ChildProcess;
  readonly family: Family;
  readonly shim: number;
  readonly main: number;
  /** Where its processes write their pids; `$0` of scripts. */
  readonly pidFile: string;
  /** The pids written there, once there are so many. */
  readonly pids: (count: number) => Promise<readonly number[]>;
  /** What the shim wrote down of the end; `null` while it has not. */
  readonly exit: () => string | null;
}

const endByPid = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended already.
  }
};

const written = (file: string): readonly number[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];

/** Takes its time to write down how the command ended. */
const SLOW_SHIM = '("$@"); code=$? i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; echo $code >"$0"';

let runs = 0;

/** Starts a run of a script or of a command, which gets the name of the pid file as its last word. */
export const startRun = async (command: string | readonly [string, ...string[]]): Promise<Run> => {
  const folder = makeTempDir();
  const [pidFile, exitFile] = [join(folder, 'pids'), join(folder, 'exit')];
  const mark = `DEVDOCTOR_SERVICE=test${process.pid}.${(runs += 1)}`;
  const argv = typeof command === 'string' ? ['sh', '-c', command, pidFile] : [...command, pidFile];
  const child = spawn('sh', ['-c', SLOW_SHIM, exitFile, ...argv], {
    detached: true,
    stdio: 'ignore',
    env: cleanEnvironment({ DEVDOCTOR_SERVICE: mark.slice(mark.indexOf('=') + 1) }),
  });
  const shim = child.pid ?? 0;
  const marked = (): readonly number[] =>
    TABLE.withVariable(
      TABLE.all().map(({ pid }) => pid),
      mark,
    );
  onTestFinished(() => {
    for (const pid of [...marked(), ...written(pidFile), shim]) if (isAlive(pid)) endByPid(pid);
  });
  const main = await waitFor(
    'the main process',
    () => TABLE.all().find(({ parentPid }) => parentPid === shim)?.pid ?? null,
  );
  return {
    child,
    shim,
    main,
    pidFile,
    family: { shim: birthOf(shim), main: birthOf(main), mark, known: [] },
    pids: (count) =>
      waitFor(`${count} pids`, () => {
        const pids = written(pidFile);
        return pids.length >= count && pids;
      }),
    exit: () => (existsSync(exitFile) ? readFileSync(exitFile, 'utf8').trim() : null),
  };
};

/** Says its pid and sleeps: part of scripts. */
export const SLEEPER = `sh -c 'echo $$ >>"$0"; exec sleep 300' "$0"`;
