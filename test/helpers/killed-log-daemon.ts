import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { BirthMark } from '../../src/model/service.ts';
import { cleanEnvironment } from './clean-environment.ts';
import type { Assignment } from './log-daemon.ts';
import { fixture, ROOT } from './paths.ts';
import { procTable } from './proc-table.ts';

/** Builds the program that keeps logs; it can then be started and killed. */
export const buildLogDaemon = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'log-daemon.cjs');
  const entry = join(ROOT, 'test/helpers/log-daemon.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  return outfile;
};

/** One life of the program that keeps logs. */
export interface LogDaemon {
  readonly mark: BirthMark;
  readonly said: readonly string[];
  readonly hasSaid: (line: string) => Promise<void>;
  readonly tell: (line: string) => void;
  /** By force, at once. */
  readonly kill: () => Promise<void>;
}

const gone = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => void child.once('exit', () => resolve()));

/** Starts a life. Its service outlives it, and is ended when the test is over. */
export const startLogDaemon = async (program: string, folder: string, assignment: Assignment): Promise<LogDaemon> => {
  const file = join(folder, `assignment-${Date.now()}.json`);
  writeFileSync(file, JSON.stringify(assignment));
  const child = spawn(process.execPath, [program, file], {
    env: cleanEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    const [word = ''] = line.split(' ');
    waiting.get(word)?.();
  });
  const hasSaid = (word: string): Promise<void> =>
    said.some((line) => line.split(' ')[0] === word)
      ? Promise.resolve()
      : new Promise((resolve) => void waiting.set(word, resolve));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone(child);
  };
  onTestFinished(kill);
  await hasSaid('ready');
  const mark = JSON.parse(said.find((line) => line.startsWith('ready '))?.slice(6) ?? 'null') as BirthMark;
  onTestFinished(() => {
    if (procTable.look(mark.pid)?.born === mark.born) process.kill(mark.pid, 'SIGKILL');
  });
  return { mark, said, hasSaid, tell: (line) => void child.stdin.write(`${line}\n`), kill };
};

/** How the program that writes numbered lines is started. */
export const linesCommand = (env: Readonly<Record<string, string | number>>): NonNullable<Assignment['start']> => ({
  argv: [process.execPath, fixture('log-lines.mjs')],
  env: {
    ...cleanEnvironment(),
    ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])),
  },
});
