import yargs, { type Argv, type Options } from 'yargs';
import { DevdoctorError } from '../model/error.ts';
import { COMMANDS, GLOBAL_OPTIONS, type CommandSpec, type OptionSpec } from './command-table.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import type { Invocation } from './invocation.ts';

/** A parsed call, or text to print and be done, as for `--help`. */
export type Parsed =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  | { readonly kind: 'print'; readonly text: string };

const NARROWEST = 40;

const optionsOf = (options: readonly OptionSpec[]): Record<string, Options> =>
  Object.fromEntries(
    options.map(({ name, alias, type, multiple, argument, describe }) => [
      name,
      {
        type: multiple === true ? 'array' : type,
        describe,
        ...(multiple === true ? { string: true } : {}),
        ...(alias === undefined ? {} : { alias }),
        ...(argument === undefined ? {} : { requiresArg: true }),
      },
    ]),
  );

const signature = ({ name, positionals }: CommandSpec): string =>
  [
    name,
    ...positionals.map((positional) => (positional.required ? `<${positional.name}>` : `[${positional.name}]`)),
  ].join(' ');

const invocationOf = (spec: CommandSpec, parsed: Readonly<Record<string, unknown>>): Invocation => {
  const flags = new Set<string>();
  const values: Record<string, readonly string[]> = {};
  for (const { name, type, multiple } of [...GLOBAL_OPTIONS, ...spec.options]) {
    const given = [parsed[name]].flat().filter((value) => value !== undefined);
    if (type === 'boolean' && given.includes(true)) flags.add(name);
    // Of a value given twice the last counts, unless several may be given.
    const counted = multiple === true ? given : given.slice(-1);
    if (type === 'string' && counted.length > 0) values[name] = counted.map(String);
  }
  const positionals = spec.positionals.flatMap(({ name }) => {
    const word = parsed[name];
    return typeof word === 'string' ? [word] : [];
  });
  return { command: spec.name, positionals, flags, values };
};

const addCommand = (parser: Argv, spec: CommandSpec, found: (invocation: Invocation) => void): Argv =>
  parser.command(
    [signature(spec), ...spec.aliases],
    spec.describe,
    (command) => {
      for (const { name, describe } of spec.positionals) command.positional(name, { describe, type: 'string' });
      for (const [line, what] of spec.examples) command.example(line, what);
      return command.options(optionsOf(spec.options));
    },
    (parsed) => found(invocationOf(spec, parsed)),
  );

const wordsKnown = (
  argv: readonly string[],
): { readonly options: readonly string[]; readonly spec: CommandSpec | undefined } => {
  const spec = COMMANDS.find(({ name }) => argv.includes(name));
  const named = [...GLOBAL_OPTIONS, ...(spec?.options ?? [])].flatMap(({ name, alias }) => [
    name,
    ...(alias === undefined ? [] : [alias]),
  ]);
  return { options: [...named, 'help', 'version'], spec };
};

/** The parser's own sentences speak of arguments; people know options and what they need. */
const plainWords = (message: string, spec: CommandSpec | undefined): string => {
  const lacking = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (lacking !== undefined) {
    const option = spec?.options.find(({ name, alias }) => name === lacking || alias === lacking);
    return `--${option?.name ?? lacking} takes ${option?.expects ?? 'a value'}, not an empty value`;
  }
  const missing = spec?.positionals.find(({ required }) => required);
  if (message.startsWith('Not enough non-option arguments') && spec !== undefined && missing !== undefined) {
    return `${spec.name} needs to know what: ${missing.describe.toLowerCase()}`;
  }
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
};

/** Says which word is wrong and which was probably meant. */
const usageError = (message: string, argv: readonly string[]): DevdoctorError => {
  const { options, spec } = wordsKnown(argv);
  const help = `devdoctor ${spec === undefined ? '' : `${spec.name} `}--help`;
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(', ') ?? [];
  const asOption = unknown.find((word) =>
    argv.some((arg) => /^--?/.test(arg) && arg.replace(/^--?/, '').split('=')[0] === word && arg !== word),
  );
  if (asOption !== undefined) {
    const meant = asOption.length === 1 ? null : didYouMean(asOption, options);
    const dash = asOption.length === 1 ? '-' : '--';
    return new DevdoctorError(
      'usage',
      `unknown option ${dash}${asOption}${meant === null ? '' : `; did you mean --${meant}?`}`,
      help,
    );
  }
  const [word] = unknown;
  if (word !== undefined) {
    if (spec !== undefined) return new DevdoctorError('usage', `${spec.name} does not take "${word}"`, help);
    const meant = didYouMean(
      word,
      COMMANDS.map(({ name }) => name),
    );
    return new DevdoctorError(
      'usage',
      `unknown command "${word}"${meant === null ? '' : `; did you mean ${meant}?`}`,
      help,
    );
  }
  return new DevdoctorError('usage', plainWords(message, spec), help);
};

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

/** The parser takes a lone dash for no value; after `--log` it is standard input. */
const withDash = (argv: readonly string[]): readonly string[] => {
  if (!argv.includes('--log')) return argv;
  return argv.flatMap((word, index) => {
    if (word === '--log' && argv[index + 1] === '-') return [];
    return [word === '-' ? '--log=-' : word];
  });
};

/** Parses any call with the full parser: help, completion of values, and errors that name the word. */
export const parseWithYargs = async (argv: readonly string[], version: string, columns: number): Promise<Parsed> => {
  refuseInherited(argv);
  let invocation: Invocation | null = null;
  let parser: Argv = yargs([])
    .scriptName('devdoctor')
    .usage('$0 <command>\n\nSays why a dev server will not start, and mends it safely.')
    .options(optionsOf(GLOBAL_OPTIONS))
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
  for (const spec of COMMANDS) parser = addCommand(parser, spec, (found) => (invocation = found));
  const printed = await new Promise<string>((resolve, reject) => {
    const done = parser.parse(
      [...withDash(withoutMark(argv))],
      {},
      (error: Error | undefined, _parsed: unknown, output: string) => {
        if (error !== undefined && error !== null) reject(usageError(error.message, argv));
        else resolve(output);
      },
    );
    Promise.resolve(done).catch(reject);
  });
  if (invocation !== null && printed === '') return { kind: 'run', invocation };
  return { kind: 'print', text: `${printed}\n` };
};
