import { DevdoctorError } from '../model/error.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { COMMANDS, GLOBAL_OPTIONS, type CommandSpec } from './command-table/index.ts';
import { prepareWords } from './prepare-words.ts';

const optionNames = (spec: CommandSpec | undefined): readonly string[] => {
  const named = [...GLOBAL_OPTIONS, ...(spec?.options ?? [])].flatMap(({ name, alias }) => [
    name,
    ...(alias === undefined ? [] : [alias]),
  ]);
  return [...named, 'help', 'version'];
};

/** The parser's own sentences speak of arguments; people know options and what they need. */
const plainWords = (message: string, spec: CommandSpec | undefined): string => {
  const lacking = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (lacking !== undefined) {
    const option = spec?.options.find(({ name, alias }) => name === lacking || alias === lacking);
    return `--${option?.name ?? lacking} takes ${option?.expects ?? 'a value'}, not an empty value`;
  }
  const given = /^Not enough non-option arguments: got (\d+)/.exec(message)?.[1];
  const missing = spec?.positionals.filter(({ required }) => required)[Number(given)];
  if (spec !== undefined && missing !== undefined) {
    return `${spec.name} needs to know what: ${missing.describe.charAt(0).toLowerCase()}${missing.describe.slice(1)}`;
  }
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
};

const unknownOption = (name: string, spec: CommandSpec | undefined, help: string): DevdoctorError => {
  const meant = name.length === 1 ? null : didYouMean(name, optionNames(spec));
  const dash = name.length === 1 ? '-' : '--';
  return new DevdoctorError(
    'usage',
    `unknown option ${dash}${name}${meant === null ? '' : `; did you mean --${meant}?`}`,
    help,
  );
};

const unknownCommand = (word: string, help: string): DevdoctorError => {
  const meant = didYouMean(
    word,
    COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases.filter((alias) => alias.length > 1)]),
  );
  return new DevdoctorError(
    'usage',
    `unknown command "${word}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    help,
  );
};

/** Says which word is wrong and which was probably meant. */
export const usageError = (message: string, argv: readonly string[]): DevdoctorError => {
  const { spec, words } = prepareWords(argv);
  const help = `devdoctor ${spec === undefined ? '' : `${spec.name} `}--help`;
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(', ') ?? [];
  const asOption = unknown.find((word) =>
    words.some((arg) => /^--?/.test(arg) && arg.replace(/^--?/, '').split('=')[0] === word && arg !== word),
  );
  if (asOption !== undefined) return unknownOption(asOption, spec, help);
  const [word] = unknown;
  if (word === undefined) return new DevdoctorError('usage', plainWords(message, spec), help);
  return spec === undefined
    ? unknownCommand(word, help)
    : new DevdoctorError('usage', `${spec.name} does not take "${word}"`, help);
};
