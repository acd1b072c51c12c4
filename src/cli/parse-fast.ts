import { parseArgs, type ParseArgsConfig } from 'node:util';
import { GLOBAL_OPTIONS, type CommandSpec, type OptionSpec } from './command-table/index.ts';
import type { Invocation } from './invocation.ts';
import { prepareWords } from './prepare-words.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

const configOf = (options: readonly OptionSpec[]): OptionsConfig =>
  Object.fromEntries(
    options.map(({ name, alias, type, multiple }) => [
      name,
      { type, multiple: multiple ?? false, ...(alias === undefined ? {} : { short: alias }) },
    ]),
  );

const isCountRight = ({ positionals }: CommandSpec, count: number): boolean => {
  const required = positionals.filter((positional) => positional.required).length;
  const most = positionals.at(-1)?.multiple === true ? Number.POSITIVE_INFINITY : positionals.length;
  return count >= required && count <= most;
};

const parse = (spec: CommandSpec, args: readonly string[], rest: readonly string[]): Invocation | null => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: configOf([...GLOBAL_OPTIONS, ...spec.options]),
    allowPositionals: true,
    strict: true,
  });
  if (!isCountRight(spec, positionals.length)) return null;
  const flags = new Set<string>();
  const lists: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === true) flags.add(name);
    else if (Array.isArray(value)) lists[name] = value.map(String);
    else lists[name] = [String(value)];
  }
  return { command: spec.name, positionals, flags, values: lists, rest };
};

/** Words on which parsers differ: clusters, `-x=…`, empty or quoted values, a lone dash, and words that may be values or commands. */
const AMBIGUOUS = /^(?:|-|--|-[^-](?!\d+$).+|--[^=]+=(?:['"].*)?|true|false|help)$/;

/**
 * Parses a plain and complete call in no time; `null` for everything else, such as help, mistakes and lists of
 * values, which the full parser answers. What it does accept, both parse alike.
 */
export const parseFast = (argv: readonly string[]): Invocation | null => {
  if (argv[0]?.startsWith('-') === true) return null;
  const { spec, words, rest } = prepareWords(argv);
  const args = words.slice(1);
  if (spec === undefined || args.some((word) => AMBIGUOUS.test(word))) return null;
  try {
    return parse(spec, args, rest);
  } catch {
    // Not plain enough: the full parser says what is wrong with it.
    return null;
  }
};
