import { splitWords } from '../split-words.ts';
import { field, type FieldTable, type Reader } from './field.ts';
import { listOf, oneOf, orNull, readBoolean, readText, wholeNumber } from './readers.ts';

/** What is run, as whom, and how many of it. */
export interface CommandOptions {
  readonly name: string | null;
  readonly namespace: string;
  readonly name_prefix: string;
  readonly append_env_to_name: boolean;
  readonly script: string | null;
  readonly args: readonly string[];
  readonly interpreter: string | null;
  readonly node_args: readonly string[];
  readonly source_map_support: boolean;
  readonly cwd: string | null;
  readonly exec_mode: 'fork' | 'cluster';
  readonly instances: number | 'max';
  readonly uid: string | number | null;
  readonly gid: string | number | null;
  readonly windows_hide: boolean;
  readonly force: boolean;
}

const MOST_INSTANCES = 1_000;

const readWord: Reader<string> = (value, refuse) => {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && !text.includes('\0') ? text : refuse('a text or a number', value);
};

const readWords: Reader<readonly string[]> = (value, refuse) =>
  typeof value === 'string' && !value.includes('\0')
    ? (splitWords(value) ?? refuse('words whose quotes are closed', value))
    : listOf(readWord)(value, refuse);

const readInstances: Reader<number | 'max'> = (value, refuse) =>
  value === 'max'
    ? value
    : wholeNumber(
        -MOST_INSTANCES,
        MOST_INSTANCES,
        `a whole number up to ${MOST_INSTANCES}, or "max" for one per processor`,
      )(value, refuse);

const readOwner: Reader<string | number> = (value, refuse) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : typeof value === 'string' && value.trim() !== ''
      ? value
      : refuse('a name or a number', value);

/** The rules for names are elsewhere: they hold for names that nobody gave, too. */
const readName: Reader<string> = (value, refuse) => (typeof value === 'string' ? value : refuse('a text', value));

export const COMMAND_FIELDS: FieldTable<CommandOptions> = {
  name: field<string | null>(null, readName),
  namespace: field('default', readName),
  name_prefix: field('', readName),
  append_env_to_name: field(false, readBoolean),
  script: field(null, orNull(readText), ['exec', 'cmd', 'command']),
  args: field<readonly string[]>([], readWords),
  interpreter: field(null, orNull(readText), ['exec_interpreter']),
  node_args: field<readonly string[]>([], readWords, ['interpreter_args']),
  source_map_support: field(false, readBoolean),
  cwd: field(null, orNull(readText)),
  exec_mode: field<'fork' | 'cluster'>(
    'fork',
    oneOf({ fork: 'fork', cluster: 'cluster', fork_mode: 'fork', cluster_mode: 'cluster' }),
  ),
  instances: field<number | 'max'>(1, readInstances),
  uid: field(null, orNull(readOwner), ['user']),
  gid: field(null, orNull(readOwner)),
  windows_hide: field(true, readBoolean),
  force: field(false, readBoolean),
};
