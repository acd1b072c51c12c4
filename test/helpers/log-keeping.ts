import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { BirthMark } from '../../src/model/service.ts';
import { createLogKeeper, type LogKeeper } from '../../src/supervisor/daemon/logs/log-keeper.ts';
import type { LogService } from '../../src/supervisor/daemon/logs/log-service.ts';
import type { Home } from '../../src/supervisor/state/home.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { fixture } from './paths.ts';
import { procTable } from './proc-table.ts';

/** A keeper that ticks often, and all that it complained of. */
export interface Keeping {
  readonly keeper: LogKeeper;
  readonly problems: readonly string[];
}

/** Looks after the logs of a home until the test is over. */
export const keepLogs = (home: Home, tickMs = 100): Keeping => {
  const problems: string[] = [];
  const keeper = createLogKeeper({
    home,
    table: procTable,
    clock: { now: Date.now },
    onProblem: (text) => void problems.push(text),
  });
  const ticking = setInterval(() => keeper.tick(), tickMs);
  onTestFinished(() => {
    clearInterval(ticking);
    keeper.close();
  });
  return { keeper, problems };
};

/** A process that writes to the logs of a service. */
export interface Writing {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly mark: BirthMark;
  readonly ended: Promise<number | null>;
}

const markOf = (pid: number): BirthMark => ({ pid, born: procTable.look(pid)?.born ?? 0, boot: procTable.boot });

/** Starts a command whose output goes where a keeper says; ends it when the test is over. */
export const startWriting = (
  keeper: LogKeeper,
  service: LogService,
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Writing => {
  const { out, error } = keeper.open(service);
  const [file, ...args] = argv;
  const child = spawn(file, args, {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', out, error],
    detached: true,
  });
  closeSync(out);
  closeSync(error);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} did not start`);
  const ended = new Promise<number | null>((resolve) => void child.once('exit', (code) => resolve(code)));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const mark = markOf(pid);
  keeper.attach(service, () => [mark]);
  return { child, pid, mark, ended };
};

/** Starts the program that writes numbered lines. */
export const startLines = (
  keeper: LogKeeper,
  service: LogService,
  env: Readonly<Record<string, string | number>>,
): Writing =>
  startWriting(
    keeper,
    service,
    [process.execPath, fixture('log-lines.mjs')],
    Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])),
  );
