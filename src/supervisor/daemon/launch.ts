import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { errorCode, messageOf } from '../../util/error-code.ts';
import { MARK_VARIABLE, NAME_VARIABLE } from '../state/home.ts';
import type { ServiceRecord } from '../state/records.ts';
import { instanceEnvironment } from '../state/instance-environment.ts';

/** What a launch needs to know besides the service. */
export interface LaunchPlace {
  /** Where the files of this run begin. */
  readonly base: string;
  readonly boot: string;
  readonly mark: string;
  readonly shim: string;
  readonly guard: string;
  readonly out: number;
  readonly error: number;
  readonly asUser: readonly string[];
}

/** A shell drops variables whose names it could not use itself. */
const SHELL_NAME = /^[A-Za-z_]\w*$/;

/** One shell or another sets these itself. */
const SHELL_OWN = /^(?:IFS|OPTIND|PPID|UID|EUID|GROUPS|RANDOM|SECONDS|LINENO)$/;

/** The most that one word of a command line or one `NAME=value` may have, with its end. */
const LONGEST_WORD = 131_072;

const bytesOf = (word: string): number => Buffer.byteLength(word) + 1;

const longest = (words: readonly (readonly [string, number])[]): readonly [string, number] =>
  words.reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);

/** Which of what a program is given is too much, with the name of the part that is largest. */
const tooLarge = ({ spec }: ServiceRecord): string => {
  const [name, size] = longest(Object.entries(spec.env).map(([key, value]) => [key, bytesOf(`${key}=${value}`)]));
  const [, argument] = longest(spec.command.map((word) => [word, bytesOf(word)]));
  const [what, most] = argument > size ? ['its arguments are', argument] : ['its environment is', size];
  const which = argument > size ? 'one of them' : name;
  const why = most > LONGEST_WORD ? `one may have ${LONGEST_WORD}` : 'all of it together is too much';
  return `${what} too large (E2BIG): ${which} has ${most} bytes, and ${why}`;
};

/** What a person can act on, instead of the number of an error. */
const spawnFailure = (error: unknown, record: ServiceRecord): string => {
  const code = errorCode(error);
  if (code === 'E2BIG') return tooLarge(record);
  if (code === 'EAGAIN' || code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM') {
    return `the system could not start another process (${code})`;
  }
  return `it could not be started: ${messageOf(error)}`;
};

const whyNot = (error: unknown): string => errorCode(error) ?? messageOf(error);

const obstacleOfFolder = ({ spec: { cwd } }: ServiceRecord): string | null => {
  try {
    const folder = statSync(cwd, { throwIfNoEntry: false });
    if (folder === undefined) return `its folder ${cwd} is gone`;
    if (!folder.isDirectory()) return `its folder ${cwd} is no folder`;
    accessSync(cwd, constants.X_OK);
    return null;
  } catch (error) {
    return `its folder ${cwd} cannot be entered (${whyNot(error)})`;
  }
};

const obstacleOfProgram = ({ spec: { command, interpreter } }: ServiceRecord): string | null => {
  const [program] = command;
  const what = `${interpreter === program ? 'its interpreter' : 'its program'} ${program}`;
  try {
    const file = statSync(program, { throwIfNoEntry: false });
    if (file === undefined) return `${what} is gone`;
    if (file.isDirectory()) return `${what} is a folder`;
    accessSync(program, constants.X_OK);
    return null;
  } catch (error) {
    return `${what} cannot be run (${whyNot(error)})`;
  }
};

/** Why it cannot run now; `null` when it can. Looked at before every start: a folder or a program may be gone since. */
export const obstacleTo = (record: ServiceRecord): string | null =>
  obstacleOfFolder(record) ?? obstacleOfProgram(record);

/** Programs of Node get a guard, so that a full disk does not end them. */
const withGuard = ({ spec }: ServiceRecord, guard: string): readonly string[] => {
  const [program, ...rest] = spec.command;
  return spec.interpreter === program && /(?:^|\/)node[\d.]*$/.test(program)
    ? [program, '--require', guard, ...rest]
    : spec.command;
};

/**
 * Brings variables past the shell of the shim. They travel under names that a shell keeps, since the words of a command line
 * are for everybody on the machine to read.
 */
const carry = (
  odd: readonly (readonly [string, string])[],
): { readonly words: readonly string[]; readonly env: Readonly<Record<string, string>> } => {
  if (odd.length === 0) return { words: [], env: {} };
  const entries = odd.map(([name, value], index) => [`DEVDOCTOR_CARRIED_${index}`, `${name}=${value}`] as const);
  const drops = entries.map(([carrier]) => `-u ${carrier}`).join(' ');
  const sets = entries.map(([carrier]) => `"$${carrier}"`).join(' ');
  const script = `exec /usr/bin/env ${drops} -- ${sets} "$@"`;
  return { words: ['/bin/sh', '-c', script, 'sh'], env: Object.fromEntries(entries) };
};

/** The command as the shim gets it, and the environment beside it. */
export const commandOf = (
  record: ServiceRecord,
  place: LaunchPlace,
): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } => {
  const env = {
    ...instanceEnvironment(record.spec, record.instance),
    [NAME_VARIABLE]: record.spec.name,
    [MARK_VARIABLE]: place.mark,
  };
  const isKept = (name: string): boolean => SHELL_NAME.test(name) && !SHELL_OWN.test(name);
  const all = Object.entries(env).filter(([name]) => name !== '');
  const carried = carry(all.filter(([name]) => !isKept(name)));
  return {
    args: [place.shim, place.base, place.boot, ...place.asUser, ...carried.words, ...withGuard(record, place.guard)],
    env: { ...Object.fromEntries(all.filter(([name]) => isKept(name))), ...carried.env },
  };
};

/** A shim that was started, or why it could not be. */
export type Launch =
  | { readonly ok: true; readonly child: ChildProcess }
  | { readonly ok: false; readonly reason: string };

/**
 * Starts the shim of a run in a session of its own. It needs nothing of this process afterwards: its output goes to files,
 * and how it ends is written down by the shim.
 */
export const launchShim = (record: ServiceRecord, place: LaunchPlace): Promise<Launch> => {
  const { spec } = record;
  const { args, env } = commandOf(record, place);
  const wantsMessages = spec.waitReady || spec.shutdownWithMessage;
  const output = ['ignore', place.out, place.error] as const;
  return new Promise((resolve) => {
    try {
      const child = spawn('/bin/sh', args, {
        cwd: spec.cwd,
        env,
        detached: true,
        stdio: wantsMessages ? [...output, 'ipc'] : [...output],
      });
      child.once('error', (error) => resolve({ ok: false, reason: spawnFailure(error, record) }));
      child.once('spawn', () => {
        child.unref();
        resolve({ ok: true, child });
      });
    } catch (error) {
      resolve({ ok: false, reason: spawnFailure(error, record) });
    }
  });
};
