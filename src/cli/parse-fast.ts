import { parseArgs, type ParseArgsConfig } from 'node:util';
import { COMMANDS, GLOBAL_OPTIONS, type CommandSpec, type OptionSpec } from './command-table.ts';
import type { Invocation } from './invocation.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

const configOf = (options: readonly OptionSpec[]): OptionsConfig =>
  Object.fromEntries(
    options.map(({ name, alias, type, multiple }) => [
      name,
      { type, multiple: multiple ?? false, ...(alias === undefined ? {} : { short: alias }) },
    ]),
  );

const parse = (spec: CommandSpec, args: readonly string[]): Invocation | null => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: configOf([...GLOBAL_OPTIONS, ...spec.options]),
    allowPositionals: true,
    strict: true,
  });
  const required = spec.positionals.filter((positional) => positional.required).length;
  if (positionals.length < required || positionals.length > spec.positionals.length) return null;
  const flags = new Set<string>();
  const lists: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === true) flags.add(name);
    else if (Array.isArray(value)) lists[name] = value.map(String);
    else lists[name] = [String(value)];
  }
  return { command: spec.name, positionals, flags, values: lists };
};

/** Words on which parsers differ: clusters, `-x=…`, empty or quoted values, a lone dash, and words that may be values or commands. */
const AMBIGUOUS = /^(?:-|--|-[^-](?!\d+$).+|--[^=]+=(?:['"].*)?|true|false|help)$/;

/**
 * Parses a plain and complete call in no time; `null` for everything else, such as help, mistakes and lists of
 * values, which the full parser answers. What it does accept, both parse alike.
 */
export const parseFast = (argv: readonly string[]): Invocation | null => {
  const [word, ...args] = argv;
  const spec = COMMANDS.find(({ name, aliases }) => name === word || aliases.includes(word ?? ''));
  if (spec === undefined || args.some((word) => AMBIGUOUS.test(word))) return null;
  try {
    return parse(spec, args);
  } catch {
    // Not plain enough: the full parser says what is wrong with it.
    return null;
  }
};
