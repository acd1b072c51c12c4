import { field, type FieldTable, type Reader, type Refuse } from './field.ts';
import { isObject, listOf, orNull, readBoolean, readText, wholeNumber } from './readers.ts';

/** Names and values of environment variables. */
export type Variables = Readonly<Record<string, string>>;

/** What a service finds in its environment. */
export interface EnvironmentOptions {
  readonly env: Variables;
  /** `true` keeps the shell's variables out, and names or beginnings of names keep out those. */
  readonly filter_env: boolean | readonly string[];
  readonly instance_var: string;
  readonly increment_var: string | null;
  readonly port: number | null;
}

/** Its value may be a secret, so only its kind is told. */
const kindOf = (value: unknown): string => (Array.isArray(value) ? '[…]' : isObject(value) ? '{…}' : typeof value);

const readVariable = (name: string, value: unknown, refuse: Refuse): string | undefined => {
  if (name === '' || name.includes('=') || name.includes('\0'))
    return refuse('the name of a variable, without "="', name, `[${JSON.stringify(name)}]`);
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
  const text = isPlain ? String(value) : '\0';
  return text.includes('\0')
    ? refuse('a text, a number, true or false', isPlain ? 'a text with a NUL in it' : kindOf(value), `.${name}`)
    : text;
};

/** Reads an object of variables; those without a value are left out. */
export const readVariables: Reader<Variables> = (value, refuse) => {
  if (!isObject(value)) return refuse('an object of variables', kindOf(value));
  const given = Object.entries(value).filter(([, part]) => part !== undefined && part !== null);
  return Object.fromEntries(
    given.flatMap(([name, part]) => {
      const text = readVariable(name, part, refuse);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
};

const readName: Reader<string> = (value, refuse) =>
  typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value) ? value : refuse('the name of a variable', value);

const readFilter: Reader<EnvironmentOptions['filter_env']> = (value, refuse) =>
  typeof value === 'boolean'
    ? readBoolean(value, refuse)
    : listOf(readText)(value, (_, wrong, part) => refuse('true, or beginnings of names of variables', wrong, part));

export const ENVIRONMENT_FIELDS: FieldTable<EnvironmentOptions> = {
  env: field<Variables>({}, readVariables),
  filter_env: field<EnvironmentOptions['filter_env']>(false, readFilter),
  instance_var: field('NODE_APP_INSTANCE', readName),
  increment_var: field(null, orNull(readName)),
  port: field(null, orNull(wholeNumber(1, 65_535, 'a port from 1 to 65535'))),
};
