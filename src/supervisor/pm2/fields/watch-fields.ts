import { field, type FieldTable, type Reader } from './field.ts';
import { duration, isObject, listOf, readBoolean, readText } from './readers.ts';

/** Which files restart a service when they change. */
export interface WatchOptions {
  /** `true` for the folder it runs in. */
  readonly watch: boolean | readonly string[];
  readonly ignore_watch: readonly string[];
  readonly watch_delay: number;
  readonly watch_options: { readonly polling: boolean; readonly ignored: readonly string[] };
}

const NO_PATHS = new Set<unknown>(['true', 'false']);

const readWatch: Reader<WatchOptions['watch']> = (value, refuse) => {
  const expected = 'true, false, or paths in quotes';
  if (typeof value === 'boolean') return value;
  return NO_PATHS.has(value)
    ? refuse(expected, value)
    : listOf(readText)(value, (_, wrong, part) => refuse(expected, wrong, part));
};

/** Of chokidar's options these two have a meaning here; patterns that are no text cannot be carried over. */
const readWatchOptions: Reader<WatchOptions['watch_options']> = (value, refuse) => {
  if (!isObject(value)) return refuse('an object such as { usePolling: true }', value);
  const { usePolling: polling = false, ignored = [] } = value;
  return {
    polling: readBoolean(polling, (expected, wrong) => refuse(expected, wrong, '.usePolling')) ?? false,
    ignored:
      listOf(readText)(ignored, (expected, wrong, part = '') => refuse(expected, wrong, `.ignored${part}`)) ?? [],
  };
};

export const WATCH_FIELDS: FieldTable<WatchOptions> = {
  watch: field<WatchOptions['watch']>(false, readWatch),
  ignore_watch: field<readonly string[]>(['node_modules', '.*'], listOf(readText)),
  watch_delay: field(200, duration()),
  watch_options: field<WatchOptions['watch_options']>({ polling: false, ignored: [] }, readWatchOptions),
};
