import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { cleanEnvironment } from './clean-environment.ts';
import { fixture } from './paths.ts';
import { makeTempDir } from './with-temp-dir.ts';

/** A program that has said that it is ready. */
export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Its own children, as it named them. */
  readonly others: readonly number[];
  readonly isAlive: () => boolean;
}

interface Ready {
  readonly pid: number;
  readonly others: readonly number[];
}

const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

const untilReady = (child: ChildProcess, argv: readonly string[]): Promise<Ready> =>
  new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('the program was started without an output to read'));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${argv.join(' ')} ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('ready ')) resolve(JSON.parse(line.slice('ready '.length)) as Ready);
    });
  });

/** Starts any command that ends up as one process and says `ready`; ends that process when the test is over. */
export const startCommand = async (argv: readonly [string, ...string[]], cwd?: string): Promise<Program> => {
  const [file, ...args] = argv;
  const child = spawn(file, args, {
    cwd: cwd ?? makeTempDir(),
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => end(child));
  const { pid, others } = await untilReady(child, argv);
  return { child, pid, others, isAlive: () => child.exitCode === null && child.signalCode === null };
};

/** Starts a program of fixtures/programs. */
export const startProgram = (name: string, ...args: readonly (string | number)[]): Promise<Program> =>
  startCommand([process.execPath, fixture(name), ...args.map(String)]);
