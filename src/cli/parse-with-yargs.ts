import yargs, { type Argv, type Options } from 'yargs';
import {
  COMMANDS,
  GLOBAL_OPTIONS,
  type CommandSpec,
  type OptionSpec,
  type PositionalSpec,
} from './command-table/index.ts';
import type { Invocation } from './invocation.ts';
import { prepareWords } from './prepare-words.ts';
import { usageError } from './usage-error.ts';

/** A parsed call, or text to print and be done, as for `--help`. */
export type Parsed =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  | { readonly kind: 'print'; readonly text: string };

const NARROWEST = 40;

const optionsOf = (options: readonly OptionSpec[], isGreedy: boolean): Record<string, Options> =>
  Object.fromEntries(
    options.map(({ name, alias, type, multiple, argument, describe }) => [
      name,
      {
        type: multiple === true ? 'array' : type,
        describe,
        ...(multiple === true ? { string: true } : {}),
        // A list of values would swallow the words that the command itself takes.
        ...(multiple === true && !isGreedy ? { nargs: 1 } : {}),
        ...(alias === undefined ? {} : { alias }),
        ...(argument === undefined ? {} : { requiresArg: true }),
      },
    ]),
  );

const wordOf = ({ name, required, multiple }: PositionalSpec): string => {
  const word = multiple === true ? `${name}..` : name;
  return required ? `<${word}>` : `[${word}]`;
};

const signature = ({ name, positionals }: CommandSpec): string => [name, ...positionals.map(wordOf)].join(' ');

const takesWords = ({ positionals }: CommandSpec): boolean => positionals.some(({ multiple }) => multiple === true);

/** Stands for a lone dash among words of a command, which the parser would drop. No argument can hold a NUL. */
const DASH = '\0-';

const withoutDash = (text: string): string => (text === DASH ? '-' : text);

const invocationOf = (
  spec: CommandSpec,
  parsed: Readonly<Record<string, unknown>>,
  rest: readonly string[],
): Invocation => {
  const flags = new Set<string>();
  const values: Record<string, readonly string[]> = {};
  for (const { name, type, multiple } of [...GLOBAL_OPTIONS, ...spec.options]) {
    const given = [parsed[name]].flat().filter((value) => value !== undefined);
    if (type === 'boolean' && given.includes(true)) flags.add(name);
    // Of a value given twice the last counts, unless several may be given.
    const counted = multiple === true ? given : given.slice(-1);
    if (type === 'string' && counted.length > 0) values[name] = counted.map(String).map(withoutDash);
  }
  const positionals = spec.positionals.flatMap(({ name }) =>
    [parsed[name]]
      .flat()
      .filter((word) => typeof word === 'string')
      .map(withoutDash),
  );
  return { command: spec.name, positionals, flags, values, rest };
};

type Found = (spec: CommandSpec, parsed: Readonly<Record<string, unknown>>) => void;

const addCommand = (parser: Argv, spec: CommandSpec, found: Found): Argv =>
  parser.command(
    [signature(spec), ...spec.aliases],
    spec.describe,
    (command) => {
      for (const { name, describe } of spec.positionals) command.positional(name, { describe, type: 'string' });
      for (const [line, what] of spec.examples) command.example(line, what);
      return command.options(optionsOf(spec.options, !takesWords(spec)));
    },
    (parsed) => found(spec, parsed),
  );

/** The parser looks options up in a plain object, where these names are never unknown. */
const refuseInherited = (argv: readonly string[]): void => {
  const names = argv.flatMap((word) => /^--([^=]+)/.exec(word)?.[1] ?? []);
  const inherited = names.find((name) => name in {});
  if (inherited !== undefined) throw usageError(`Unknown argument: ${inherited}`, argv);
};

/** Words after `--` are no options; where none of them looks like one, the mark says nothing and may go. */
const withoutMark = (argv: readonly string[]): readonly string[] => {
  const mark = argv.indexOf('--');
  const plain = mark >= 0 && argv.slice(mark + 1).every((word) => !word.startsWith('-'));
  return plain ? argv.filter((_, index) => index !== mark) : argv;
};

/** The parser takes a lone dash for no value; after a `--log` that takes a list it is standard input. */
const withDash = (spec: CommandSpec | undefined, argv: readonly string[]): readonly string[] => {
  const takesLogs = spec?.options.some(({ name, multiple }) => name === 'log' && multiple === true) === true;
  if (!takesLogs || !argv.includes('--log')) return argv;
  return argv.flatMap((word, index) => {
    if (word === '--log' && argv[index + 1] === '-') return [];
    return [word === '-' ? '--log=-' : word];
  });
};

/** The words as the parser can take them. */
const wordsFor = (spec: CommandSpec | undefined, words: readonly string[]): string[] =>
  spec?.passThrough === true
    ? words.map((word) => (word === '-' ? DASH : word))
    : [...withDash(spec, withoutMark(words))];

const newParser = (version: string, columns: number): Argv =>
  yargs([])
    .scriptName('devdoctor')
    .usage('$0 <command>\n\nSays why a dev server will not start or stay up, mends it safely, and keeps it up.')
    .options(optionsOf(GLOBAL_OPTIONS, true))
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': true,
    })
    .locale('en')
    .strict()
    .demandCommand(1, 'a command is missing')
    .version(version)
    .help()
    .alias('help', 'h')
    .wrap(Math.max(NARROWEST, Math.min(80, columns)))
    .epilogue(
      'Exit codes: 0 clear or done, 1 findings, 2 wrong use, 3 could not look,\n4 acted but not resolved, 5 refused or no consent, 70 a fault of ours.',
    )
    .exitProcess(false);

/** Parses any call with the full parser: help, completion of values, and errors that name the word. */
export const parseWithYargs = async (argv: readonly string[], version: string, columns: number): Promise<Parsed> => {
  const { spec, words, rest } = prepareWords(argv);
  refuseInherited(words);
  let invocation: Invocation | null = null;
  let parser = newParser(version, columns);
  for (const spec of COMMANDS)
    parser = addCommand(parser, spec, (spec, parsed) => (invocation = invocationOf(spec, parsed, rest)));
  const printed = await new Promise<string>((resolve, reject) => {
    const done = parser.parse(wordsFor(spec, words), {}, (error: Error | undefined, _: unknown, output: string) => {
      if (error !== undefined && error !== null) reject(usageError(error.message, argv));
      else resolve(output);
    });
    Promise.resolve(done).catch(reject);
  });
  if (invocation !== null && printed === '') return { kind: 'run', invocation };
  return { kind: 'print', text: `${printed}\n` };
};
