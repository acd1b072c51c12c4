import type { Invocation } from '../invocation.ts';

/** PM2's key for each option that takes a value. */
const KEY_OF_VALUE: Readonly<Record<string, string>> = {
  name: 'name',
  namespace: 'namespace',
  instances: 'instances',
  cwd: 'cwd',
  interpreter: 'interpreter',
  port: 'port',
  uid: 'uid',
  gid: 'gid',
  output: 'output',
  error: 'error',
  log: 'log',
  'log-date-format': 'log_date_format',
  'log-type': 'log_type',
  'max-memory-restart': 'max_memory_restart',
  'max-restarts': 'max_restarts',
  'min-uptime': 'min_uptime',
  'restart-delay': 'restart_delay',
  'exp-backoff-restart-delay': 'exp_backoff_restart_delay',
  'cron-restart': 'cron_restart',
  'watch-delay': 'watch_delay',
  'kill-timeout': 'kill_timeout',
  'kill-signal': 'kill_signal',
  'listen-timeout': 'listen_timeout',
};

/** PM2's key for each option without a value, and what it says. */
const KEY_OF_FLAG: Readonly<Record<string, readonly [key: string, value: boolean]>> = {
  'source-map-support': ['source_map_support', true],
  time: ['time', true],
  'merge-logs': ['merge_logs', true],
  'disable-logs': ['disable_logs', true],
  'no-autorestart': ['autorestart', false],
  watch: ['watch', true],
  'wait-ready': ['wait_ready', true],
  'no-treekill': ['treekill', false],
  'shutdown-with-message': ['shutdown_with_message', true],
};

/** PM2's key for each option that takes a list. */
const KEY_OF_LIST: Readonly<Record<string, readonly [key: string, separator: RegExp]>> = {
  'stop-exit-codes': ['stop_exit_codes', /[\s,]+/],
  'ignore-watch': ['ignore_watch', /\s+/],
};

/** Two names for one thing, as PM2 has it. */
const NODE_ARGS = ['interpreter-args', 'node-args'];

const listsOf = ({ values }: Invocation): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(KEY_OF_LIST).flatMap(([option, [key, separator]]) => {
      const words = (values[option] ?? []).flatMap((text) => text.split(separator)).filter((word) => word !== '');
      return words.length === 0 ? [] : [[key, words] as const];
    }),
  );

/** What the options of `start` say, by PM2's keys: only what was given. */
export const startFields = (invocation: Invocation): Readonly<Record<string, unknown>> => {
  const { values, flags } = invocation;
  const texts = Object.entries(KEY_OF_VALUE).flatMap(([option, key]) => {
    const given = values[option]?.at(-1);
    return given === undefined ? [] : [[key, given] as const];
  });
  const switches = Object.entries(KEY_OF_FLAG).flatMap(([option, entry]) => (flags.has(option) ? [entry] : []));
  const nodeArgs = NODE_ARGS.flatMap((option) => values[option] ?? []).join(' ');
  return {
    ...Object.fromEntries([...texts, ...switches]),
    ...listsOf(invocation),
    ...(nodeArgs === '' ? {} : { node_args: nodeArgs }),
  };
};

/** Options of `start` that describe a service, among those that were given. */
export const givenFieldOptions = ({ values, flags }: Invocation): readonly string[] => {
  const known = [KEY_OF_VALUE, KEY_OF_FLAG, KEY_OF_LIST].flatMap((table) => Object.keys(table)).concat(NODE_ARGS);
  return known.filter((option) => flags.has(option) || values[option] !== undefined);
};
