import type { ProcessInfo } from '../model/process.ts';

/** The part of a process that its program can be recognised by. */
export type Recognizable = Pick<ProcessInfo, 'name' | 'command'>;

/**
 * The words of a command line. A program that wrote a title over its arguments, and systems that tell only
 * one string, give a single argument, which is split for recognition and never for running.
 */
export const wordsOf = ({ command }: Recognizable): readonly string[] =>
  command.length === 1 ? (command[0] ?? '').split(' ').filter(Boolean) : command;

/** The last part of a path of either kind, without a script's or program's ending. */
export const bareName = (path: string): string =>
  path.replace(/^.*[\\/]/, '').replace(/\.(?:[cm]?js|[cm]?ts|exe|cmd|ps1)$/i, '');

const INTERPRETERS = new Set(['node', 'nodejs', 'bun', 'deno', 'python', 'python3', 'ruby', 'php', 'tsx', 'ts-node']);

/** Options of interpreters whose next word is their value and no script. */
const TAKES_A_VALUE = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '-X',
  '-W',
]);

/** What follows is a program text in itself. */
const TAKES_TEXT = /^(?:-e|-p|-pe|--eval|--print|-c)$/;

/** What runs: the script its interpreter was given; `null` for a program by itself, and for a text on the command line. */
export const scriptOf = (process: Recognizable): string | null => {
  const [program = '', ...rest] = wordsOf(process);
  if (!INTERPRETERS.has(bareName(program))) return null;
  const at = rest.findIndex((word, index) => !word.startsWith('-') && !TAKES_A_VALUE.has(rest[index - 1] ?? ''));
  if (at < 0 || rest.slice(0, at).some((word) => TAKES_TEXT.test(word))) return null;
  return rest[at] ?? null;
};

/** The names of the program itself. A script's name does not count: `node services.js` is no service manager. */
export const programNamesOf = (process: Recognizable): readonly string[] => [
  ...new Set([bareName((wordsOf(process)[0] ?? '').replace(/^-|:$/g, '')), process.name]),
];

/** The names of the program and of the script its interpreter runs. */
export const namesOf = (process: Recognizable): readonly string[] => {
  const script = scriptOf(process);
  return [...programNamesOf(process), ...(script === null ? [] : [bareName(script)])];
};
