import { COMMANDS, GLOBAL_OPTIONS, type CommandSpec, type OptionSpec } from './command-table/index.ts';

/** The words of a call, made ready for either parser. */
export interface PreparedWords {
  readonly spec: CommandSpec | undefined;
  readonly words: readonly string[];
  /** What stands after `--`, for commands that hand it on. */
  readonly rest: readonly string[];
}

/** The command that a word names. */
export const commandNamed = (word: string | undefined): CommandSpec | undefined =>
  COMMANDS.find(({ name, aliases }) => name === word || aliases.includes(word ?? ''));

const isNamed = ({ name, alias }: OptionSpec, word: string): boolean =>
  word === `--${name}` || (alias !== undefined && word === `${alias.length === 1 ? '-' : '--'}${alias}`);

/** Both parsers take a value that begins with a dash only where it is written into the same word. */
const withDashedValues = (spec: CommandSpec, words: readonly string[]): readonly string[] => {
  const options = [...GLOBAL_OPTIONS, ...spec.options];
  const dashed = options.filter((option) => option.dashed === true);
  const joined: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    const option = next.startsWith('-') ? dashed.find((candidate) => isNamed(candidate, word)) : undefined;
    if (option === undefined || options.some((known) => isNamed(known, next))) joined.push(word);
    else {
      joined.push(`--${option.name}=${next}`);
      index += 1;
    }
  }
  return joined;
};

/** Cuts off what is not for this command. The command is the first word that is no option: those before it take no value. */
export const prepareWords = (argv: readonly string[]): PreparedWords => {
  const spec = commandNamed(argv.find((word) => !word.startsWith('-')));
  if (spec === undefined) return { spec, words: argv, rest: [] };
  const mark = spec.passThrough === true ? argv.indexOf('--') : -1;
  const words = mark < 0 ? argv : argv.slice(0, mark);
  return { spec, words: withDashedValues(spec, words), rest: mark < 0 ? [] : argv.slice(mark + 1) };
};
