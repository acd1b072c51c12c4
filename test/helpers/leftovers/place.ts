import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { cleanEnvironment } from '../clean-environment.ts';
import { freePort } from '../free-port.ts';
import { namespaceTrouble } from '../in-namespace.ts';
import { cliPath, fixture, ROOT } from '../paths.ts';

/** One of the streams 0 to 2: where its link leads, and whether anybody is at the other end of a pipe or socket. */
export interface Stream {
  readonly link: string | null;
  readonly peer: boolean | null;
}

/** What /proc tells of a process, by the pids of the place it lives in. */
export interface Observed {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly state: string;
  readonly name: string;
  readonly argv: readonly string[];
  readonly cwd: string | null;
  readonly executable: string | null;
  readonly stdio: readonly Stream[];
  /** The place whose test made it; inherited by whatever it starts. */
  readonly madeIn: string | null;
  /** The part of the zoo it belongs to; inherited too. */
  readonly madeAs: string | null;
}

/** How a process is started. */
export interface StartOptions {
  readonly argv: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly argv0?: string;
  /** In a session of its own. */
  readonly detached?: boolean;
  /** With `pipe` the test stays at the other end of the streams. */
  readonly stdio?: 'ignore' | 'pipe';
}

/** How a command ended in a place. */
export interface PlaceRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bytes of one process. */
export interface MemoryOf {
  readonly pid: number;
  readonly resident: number;
  /** Its share of them, when what it shares with others is counted once. */
  readonly share: number;
}

/** Keys for a terminal, typed once its text matches. */
export interface Typing {
  readonly when: string;
  readonly keys: string;
}

/** Somewhere to make processes: a fresh pid and network namespace, or this machine itself. */
export interface Place {
  /** A folder of the place's own. */
  readonly folder: string;
  readonly start: (options: StartOptions) => Promise<number>;
  readonly write: (pid: number, text: string) => Promise<void>;
  /** Signals a process and waits until it has gone. */
  readonly end: (pid: number, signal: NodeJS.Signals) => Promise<void>;
  /** Marks what is made here, so that it can be told from everything else on this machine. */
  readonly mark: string;
  /** All that can be seen from the place. */
  readonly processes: () => Promise<readonly Observed[]>;
  readonly memory: (pids: readonly number[]) => Promise<readonly MemoryOf[]>;
  readonly answers: (port: number) => Promise<boolean>;
  readonly port: () => Promise<number>;
  /** Runs the built command; with `typing`, on a terminal. */
  readonly devdoctor: (args: readonly string[], typing?: Typing) => Promise<PlaceRun>;
  /** Asks until there is an answer other than `null` or `false`. */
  readonly until: <T>(what: string, ask: () => Promise<T | null | false>) => Promise<T>;
}

/** What the first process of the place is. `maker` is the test's own program, which reaps nothing. */
export type First = 'sh' | 'bash' | 'perl' | 'node' | 'maker';

/** Where the processes are made: below a first process of its own kind, or among all others of this machine. */
export type Where = First | 'this machine';

/** Why no place of this kind can be had; `null` when one can. */
export const placeTrouble = (where: Where): string | null => (where === 'this machine' ? null : namespaceTrouble);

const MAKER: readonly string[] = [process.execPath, join(ROOT, 'test/helpers/leftovers/maker.mjs')];

/** A program of fixtures/programs/leftovers. */
export const leftoverProgram = (name: string): string => fixture(join('leftovers', name));

const FIRST: Readonly<Record<First, readonly string[]>> = {
  sh: ['sh', '-c', '"$@"; exit $?', 'sh', ...MAKER],
  bash: ['bash', '-c', '"$@"; exit $?', 'bash', ...MAKER],
  perl: ['perl', leftoverProgram('reap.pl'), '/opt/box/start-everything', ...MAKER],
  node: [process.execPath, leftoverProgram('first.cjs'), ...MAKER],
  maker: MAKER,
};

const FLAGS: readonly string[] = ['--pid', '--net', '--mount-proc', '--fork', '--kill-child'];

const commandFor = (where: Where): readonly string[] => {
  if (where === 'this machine') return MAKER;
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  return ['unshare', ...asRoot, ...FLAGS, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...FIRST[where]];
};

type Ask = <T>(ask: string, asked: object) => Promise<T>;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

const talkTo = (child: ChildProcess): Ask => {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the maker was started without streams');
  const waiting = new Map<number, Waiting>();
  let last = 0;
  createInterface({ input: stdout }).on('line', (line) => {
    const { id, answer, error } = JSON.parse(line) as { id: number; answer: never; error?: string };
    if (error === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  stdin.on('error', () => {});
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`the maker ended with ${code ?? signal}`));
  });
  return (ask, asked) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      stdin.write(`${JSON.stringify({ id: last, ask, with: asked })}\n`);
    });
};

const ATTEMPTS = 400;
const PAUSE_MS = 25;

const until: Place['until'] = async (what, ask) => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    await delay(PAUSE_MS);
  }
  throw new Error(`waited in vain for ${what}`);
};

/** A line for a shell that means exactly these words. */
export const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');

const placeIn = (folder: string, mark: string, where: Where, ask: Ask): Place => {
  const home = join(folder, 'home');
  const elsewhere = join(folder, 'elsewhere');
  for (const path of [home, elsewhere]) mkdirSync(path);
  const marked = (env: Readonly<Record<string, string>> = {}): object => cleanEnvironment({ MADE_IN: mark, ...env });
  const command = (args: readonly string[]): readonly string[] => [process.execPath, cliPath(), ...args];
  let nextPort = 4_100;
  return {
    folder,
    start: ({ stdio = 'ignore', cwd = elsewhere, env, ...rest }) =>
      ask('start', { ...rest, cwd, stdio, env: marked(env) }),
    write: (pid, text) => ask('write', { pid, text }),
    end: (pid, signal) => ask('end', { pid, signal }),
    mark,
    processes: () => ask('processes', {}),
    memory: (pids) => ask('memory', { pids }),
    answers: (port) => ask('answers', { port }),
    port: async () => (where === 'this machine' ? freePort() : (nextPort += 1)),
    devdoctor: (args, typing) => {
      const env = cleanEnvironment({ DEVDOCTOR_HOME: home, SHELL: '/bin/sh', TERM: 'xterm-256color' });
      const onTerminal = ['script', '--quiet', '--return', '--command', quoted(command(args)), '/dev/null'];
      const argv = typing === undefined ? command(args) : onTerminal;
      return ask('run', { argv, cwd: elsewhere, env, ...typing });
    },
    until,
  };
};

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
  });

/** Opens a place, uses it, and ends everything that was made in it. */
export const withPlace = async <T>(where: Where, use: (place: Place) => Promise<T>): Promise<T> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'devdoctor-leftovers-')));
  chmodSync(folder, 0o777);
  const mark = randomUUID();
  const [file = '', ...args] = commandFor(where);
  const child = spawn(file, args, { cwd: folder, env: cleanEnvironment(), stdio: ['pipe', 'pipe', 'inherit'] });
  const ask = talkTo(child);
  try {
    return await use(placeIn(folder, mark, where, ask));
  } finally {
    try {
      await ask('endMarked', { mark });
    } finally {
      child.stdin?.end();
      await exited(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
};

/** The same place with a folder of its own, so that several can be made side by side. */
export const inCorner = (place: Place, name: string): Place => {
  const folder = join(place.folder, name);
  mkdirSync(folder);
  return { ...place, folder };
};
