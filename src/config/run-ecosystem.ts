import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorCode, messageOf } from '../util/error-code.ts';
import { ECOSYSTEM_LOADER } from './ecosystem-loader.ts';
import { errorPlace } from './error-place.ts';

/** A value that JSON cannot hold: where it stood, and what it is. */
export interface Stray {
  readonly path: string;
  readonly kind: string;
}

/** What a program that is a configuration exports, or why it could not be loaded. */
export type ProgramReading =
  | { readonly ok: true; readonly value: unknown; readonly strays: readonly Stray[] }
  | { readonly ok: false; readonly detail: string };

const require = createRequire(import.meta.url);

const MAX_ANSWER_BYTES = 16 * 1024 ** 2;

/** Long loops end by themselves even when this process is gone: seconds of processor time. */
const CPU_LIMIT_S = 15;

/** A newline, which stands nowhere else in JSON that is written on one line. */
const END_OF_ANSWER = 10;

const SHELL = '/bin/sh';

const argumentsOf = (file: string, limitMs: number): readonly [string, ...string[]] => {
  const typescript = /\.[cm]?ts$/.test(file) ? require.resolve('jiti') : '';
  const node = [
    '--input-type=module',
    '-e',
    ECOSYSTEM_LOADER,
    file,
    pathToFileURL(file).href,
    typescript,
    String(limitMs),
  ];
  return existsSync(SHELL)
    ? [SHELL, '-c', `ulimit -t ${CPU_LIMIT_S}; exec "$@"`, 'sh', process.execPath, ...node]
    : [process.execPath, ...node];
};

/** Ends the child and all it started. It leads a group of its own, which goes by its id as long as anyone is in it. */
const endGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // There is no such group on this system, or nobody is left in it.
    if (errorCode(error) === null) throw error;
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
};

interface Answer {
  readonly value?: unknown;
  readonly strays?: readonly Stray[];
  readonly error?: string;
  readonly stack?: string;
}

const readingOf = (line: string, file: string): ProgramReading => {
  let answer: Answer;
  try {
    answer = JSON.parse(line) as Answer;
  } catch (error) {
    return { ok: false, detail: `its answer cannot be read: ${messageOf(error)}` };
  }
  if (answer.error === undefined) return { ok: true, value: answer.value, strays: answer.strays ?? [] };
  const place = errorPlace(answer.stack ?? '', dirname(file));
  const said = answer.error.split('\n').map((line) => line.trim());
  const first = said.find((line) => line !== '') ?? 'an error without a message';
  return { ok: false, detail: place === null ? first : `${first}, at ${place}` };
};

const start = (file: string, limitMs: number): ChildProcess => {
  const [program, ...rest] = argumentsOf(file, limitMs);
  return spawn(program, rest, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true, windowsHide: true });
};

/**
 * Runs a configuration file that is a program, in a process of its own that may do what it likes: it ends, with all it
 * started, when it answered or when its time is over.
 */
export const runEcosystem = (file: string, limitMs: number): Promise<ProgramReading> =>
  new Promise((resolve) => {
    const child = start(file, limitMs);
    const pipe = child.stdio[3];
    const chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    const settle = (reading: ProgramReading): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (child.exitCode === null && child.signalCode === null) endGroup(child);
      pipe?.destroy();
      resolve(reading);
    };
    const fail = (detail: string): void => settle({ ok: false, detail });
    const timer = setTimeout(() => fail(`it did not finish within ${limitMs / 1000} s`), limitMs);
    pipe?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) return fail(`it exports more than ${MAX_ANSWER_BYTES / 1024 ** 2} MB`);
      if (chunk.at(-1) === END_OF_ANSWER) settle(readingOf(Buffer.concat(chunks).toString('utf8'), file));
    });
    child.once('error', (error) => fail(error.message));
    // What it started may hold the pipe, which then would never close.
    child.once('exit', () => settled || endGroup(child));
    child.once('close', () => fail(size === 0 ? 'it ended the process that loaded it' : 'its answer was cut short'));
  });
