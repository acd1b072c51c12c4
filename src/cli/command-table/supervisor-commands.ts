import type { CommandSpec, OptionSpec, PositionalSpec } from './command-spec.ts';
import { LOG_OPTIONS } from './log-options.ts';
import { FROM_FILE, START_OPTIONS, UPDATE_ENV } from './start-options.ts';

const TARGETS: PositionalSpec = {
  name: 'targets',
  required: true,
  multiple: true,
  describe: 'Names, ids, namespaces, /regex/, all, or a configuration file',
};
const TARGET: PositionalSpec = { name: 'target', required: true, describe: 'A name, id, namespace, /regex/ or all' };
const SOME: PositionalSpec = {
  name: 'targets',
  required: false,
  multiple: true,
  describe: 'Names, ids, namespaces or /regex/; every service otherwise',
};
const WORDS: PositionalSpec = {
  name: 'words',
  required: false,
  multiple: true,
  describe: 'A configuration file, a script, a command, or services by name',
};
const SIGNAL: PositionalSpec = { name: 'signal', required: true, describe: 'A signal such as SIGUSR2 or HUP' };
const COUNT: PositionalSpec = {
  name: 'count',
  required: true,
  describe: 'How many, or how many more or fewer: 3, +2, -1',
};

const SHOW_SECRETS: OptionSpec = {
  name: 'show-secrets',
  type: 'boolean',
  describe: 'Show values that look like secrets too',
};

const command = (
  name: string,
  describe: string,
  load: CommandSpec['load'],
  more: Partial<CommandSpec> = {},
): CommandSpec => ({ name, aliases: [], describe, positionals: [], options: [], examples: [], load, ...more });

const LIFE_COMMANDS: readonly CommandSpec[] = [
  command('start', 'Start services and keep them up', () => import('../commands/start.ts'), {
    positionals: [WORDS],
    options: START_OPTIONS,
    passThrough: true,
    examples: [
      ['devdoctor start', 'the ecosystem file of this folder'],
      ['devdoctor start app.js --name api -- --port 3000', 'a script, with arguments of its own'],
      ['devdoctor start "npm run dev" --name web', 'a command'],
    ],
  }),
  command('stop', 'Stop services, and all they started', () => import('../commands/stop.ts'), {
    positionals: [TARGETS],
    examples: [['devdoctor stop api worker', '']],
  }),
  command(
    'restart',
    'Stop and start services; a file applies what changed in it',
    () => import('../commands/restart.ts'),
    {
      positionals: [TARGETS],
      options: [...FROM_FILE, UPDATE_ENV],
      examples: [['devdoctor restart ecosystem.config.js', '']],
    },
  ),
  command('delete', 'Stop services and forget them; their logs stay', () => import('../commands/delete.ts'), {
    aliases: ['del'],
    positionals: [TARGETS],
  }),
  command('scale', 'Change how many copies of a service run', () => import('../commands/scale.ts'), {
    positionals: [TARGET, COUNT],
    examples: [['devdoctor scale api +2', '']],
  }),
  command('reset', 'Count the restarts of services from 0 again', () => import('../commands/reset.ts'), {
    positionals: [TARGETS],
  }),
  command('send-signal', 'Send a signal to services', () => import('../commands/send-signal.ts'), {
    aliases: ['sendSignal'],
    positionals: [SIGNAL, TARGETS],
    examples: [['devdoctor send-signal SIGUSR2 api', '']],
  }),
];

const LOOK_COMMANDS: readonly CommandSpec[] = [
  command('list', 'List the services, and how each is', () => import('../commands/list.ts'), {
    aliases: ['ls', 'status', 'ps', 'l'],
  }),
  command('show', 'Tell everything about a service', () => import('../commands/show.ts'), {
    aliases: ['describe', 'desc', 'info'],
    positionals: [TARGET],
    options: [SHOW_SECRETS],
  }),
  command('logs', 'Show what services print, as it comes', () => import('../commands/logs.ts'), {
    positionals: [SOME],
    options: LOG_OPTIONS,
    examples: [['devdoctor logs api --lines 50 --err', '']],
  }),
  command('monit', 'Watch services, their load and their logs', () => import('../commands/monit.ts'), {
    aliases: ['dash', 'dashboard'],
  }),
  command('env', 'Print the variables of a service', () => import('../commands/env.ts'), {
    positionals: [TARGET],
    options: [SHOW_SECRETS],
  }),
  command('pid', 'Print the process numbers of services', () => import('../commands/pid.ts'), {
    positionals: [{ ...TARGET, required: false }],
  }),
  command('jlist', "Print the services as JSON in PM2's shape", () => import('../commands/jlist.ts'), {
    options: [SHOW_SECRETS],
  }),
];

const HOUSE_COMMANDS: readonly CommandSpec[] = [
  command('flush', 'Empty the logs of services', () => import('../commands/flush.ts'), { positionals: [SOME] }),
  command('save', 'Keep the list of services for resurrect', () => import('../commands/save.ts'), {
    aliases: ['dump'],
  }),
  command('resurrect', 'Start the services that were saved', () => import('../commands/resurrect.ts')),
  command('ping', 'Tell whether the supervisor answers', () => import('../commands/ping.ts')),
  command('kill', 'Stop all services and end the supervisor', () => import('../commands/kill.ts')),
];

/** Commands of the supervisor, in the order the help shows them. */
export const SUPERVISOR_COMMANDS: readonly CommandSpec[] = [...LIFE_COMMANDS, ...LOOK_COMMANDS, ...HOUSE_COMMANDS];
