import type { OptionSpec } from './command-spec.ts';

const flag = (name: string, describe: string): OptionSpec => ({ name, type: 'boolean', describe });

const value = (name: string, argument: string, describe: string, more: Partial<OptionSpec> = {}): OptionSpec => ({
  name,
  type: 'string',
  argument,
  describe,
  ...more,
});

const BYTES = { expects: 'a size such as 300M or 1.5G' };
const COUNT = { expects: 'a whole number' };
const TIME = { expects: 'milliseconds, or a length of time such as 2s' };

/** Which part of a configuration file is meant. */
export const FROM_FILE: readonly OptionSpec[] = [
  value('env', 'NAME', 'Use env_NAME of the configuration file on top of env'),
  value('only', 'NAMES', 'Take only these services of the file: a,b', { multiple: true }),
];

/** Whether a service that is there gets this shell's variables. */
export const UPDATE_ENV: OptionSpec = flag('update-env', "Give running services this shell's variables");

const IDENTITY: readonly OptionSpec[] = [
  value('name', 'NAME', 'What the service is called', { alias: 'n' }),
  value('namespace', 'NAME', 'A word by which services are grouped'),
  value('instances', 'N', 'How many copies run; max is one for each processor', { alias: 'i', dashed: true }),
];

const RUNNING: readonly OptionSpec[] = [
  value('cwd', 'FOLDER', 'The folder it runs in'),
  value('interpreter', 'PROGRAM', 'What runs the script; none for the script itself'),
  value('interpreter-args', 'ARGS', 'Arguments for the interpreter', { dashed: true }),
  value('node-args', 'ARGS', 'Arguments for Node', { dashed: true }),
  value('port', 'N', 'The port it needs, looked at before it starts', { expects: 'a whole number from 1 to 65535' }),
  value('uid', 'USER', 'The user it runs as'),
  value('gid', 'GROUP', 'The group it runs as'),
  flag('source-map-support', 'Let Node tell places by source maps'),
];

const LOGS: readonly OptionSpec[] = [
  value('output', 'FILE', 'File for standard output', { alias: 'o' }),
  value('error', 'FILE', 'File for standard error', { alias: 'e' }),
  value('log', 'FILE', 'File for both', { alias: 'l' }),
  value('log-date-format', 'FORMAT', 'Stamp each line, as YYYY-MM-DD HH:mm:ss does'),
  flag('time', 'Stamp each line with date and time'),
  value('log-type', 'TYPE', 'Write lines as they are, or as JSON objects', { expects: 'raw or json' }),
  flag('merge-logs', 'Let all copies write to one file'),
  flag('disable-logs', 'Throw its output away'),
];

const KEEPING_UP: readonly OptionSpec[] = [
  value('max-memory-restart', 'SIZE', 'Restart it when it takes more memory, all below it counted', BYTES),
  value('max-restarts', 'N', 'Give up after so many unstable restarts in a row', COUNT),
  value('min-uptime', 'TIME', 'A shorter life counts as unstable', TIME),
  value('restart-delay', 'TIME', 'Wait so long before a restart', TIME),
  value('exp-backoff-restart-delay', 'TIME', 'Wait longer before each restart, from this on', TIME),
  flag('no-autorestart', 'Leave it down when it ends'),
  value('stop-exit-codes', 'CODES', 'Leave it down when it ends with one of these: 0,2'),
  value('cron-restart', 'CRON', 'Restart it at these times, as cron writes them', { alias: 'c' }),
  flag('watch', 'Restart it when a file of its folder changes'),
  value('ignore-watch', 'GLOB', 'Leave these files out of the watch; may be given several times', { multiple: true }),
  value('watch-delay', 'TIME', 'Wait so long after a change', TIME),
];

const COMING_AND_GOING: readonly OptionSpec[] = [
  value('kill-timeout', 'TIME', 'Time it has to end before it is forced', { ...TIME, alias: 'k' }),
  value('kill-signal', 'SIGNAL', 'The signal that asks it to end'),
  value('listen-timeout', 'TIME', 'Time it has to be ready', TIME),
  flag('wait-ready', 'It is ready when it says so with process.send'),
  flag('no-treekill', 'End only the process itself, not what it started'),
  flag('shutdown-with-message', 'Ask it to end with a message, not a signal'),
];

/** All that `start` takes, as PM2 names it. */
export const START_OPTIONS: readonly OptionSpec[] = [
  ...FROM_FILE,
  ...IDENTITY,
  ...RUNNING,
  ...LOGS,
  ...KEEPING_UP,
  ...COMING_AND_GOING,
  UPDATE_ENV,
  { name: 'force', alias: 'f', type: 'boolean', describe: 'Restart what runs already and has not changed' },
  flag('attach', 'Show its logs when it has started'),
  flag('no-daemon', 'Stay here and show the logs; Ctrl-C stops what was started'),
];
