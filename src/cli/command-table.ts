import type { CommandRunner } from './invocation.ts';

/** One option of a command. */
export interface OptionSpec {
  readonly name: string;
  /** A single letter, or another full name. */
  readonly alias?: string;
  readonly type: 'boolean' | 'string';
  /** May be given several times, or followed by several values. */
  readonly multiple?: boolean;
  readonly argument?: string;
  /** What a value must be, as the rest of "takes …". */
  readonly expects?: string;
  readonly describe: string;
}

/** One word after the command. */
export interface PositionalSpec {
  readonly name: string;
  readonly required: boolean;
  readonly describe: string;
}

/** One command: what it takes, and where its code lies. */
export interface CommandSpec {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly describe: string;
  readonly positionals: readonly PositionalSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly (readonly [string, string])[];
  readonly load: () => Promise<{ readonly run: CommandRunner }>;
}

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', type: 'boolean', describe: 'Print the result as one JSON object' },
  { name: 'verbose', type: 'boolean', describe: 'Show where an unexpected error came from' },
  { name: 'no-color', type: 'boolean', describe: 'Print plain text (also: NO_COLOR=1)' },
];

const PORT: OptionSpec = {
  name: 'port',
  alias: 'p',
  type: 'string',
  multiple: true,
  argument: 'N',
  expects: 'a whole number from 1 to 65535',
  describe: 'Port to look at; may be given several times',
};

const ONLY: OptionSpec = {
  name: 'only',
  type: 'string',
  multiple: true,
  argument: 'ID',
  describe: 'Run only these checks',
};
const SKIP: OptionSpec = {
  name: 'skip',
  type: 'string',
  multiple: true,
  argument: 'ID',
  describe: 'Leave these checks out',
};

const LOG: OptionSpec = {
  name: 'log',
  type: 'string',
  multiple: true,
  argument: 'FILE',
  describe: 'Read this log, or - for standard input; may be given several times',
};

const MIN_AGE: OptionSpec = {
  name: 'min-age',
  type: 'string',
  argument: 'TIME',
  expects: 'a length of time such as 30s, 10m or 2h',
  describe: 'Judge no process that is younger',
};

/** Takes a value or none, so it has no `argument`: that would make the parser demand one. */
const WATCH: OptionSpec = {
  name: 'watch',
  type: 'string',
  expects: 'a length of time such as 10s or 2m',
  describe: 'Look again every 5s until Ctrl-C, or as told: --watch=1m',
};

/** Every command, in the order the help shows them. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'check',
    aliases: [],
    describe: 'Say what is wrong here',
    positionals: [],
    options: [
      PORT,
      LOG,
      ONLY,
      SKIP,
      MIN_AGE,
      WATCH,
      { name: 'strict', type: 'boolean', describe: 'Exit with 1 on warnings too' },
    ],
    examples: [
      ['devdoctor check', "the project's own ports, or 3000 and 5000"],
      ['devdoctor check --port 4000', 'one port'],
    ],
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'why',
    aliases: [],
    describe: 'Tell who holds a port or what a process is',
    positionals: [{ name: 'target', required: true, describe: 'A port, :port, pid or program name' }],
    options: [],
    examples: [['devdoctor why 3000', 'who holds it, who started that, what ends it']],
    load: () => import('./commands/why.ts'),
  },
  {
    name: 'ports',
    aliases: [],
    describe: 'List what listens on this machine',
    positionals: [],
    options: [{ name: 'all', type: 'boolean', describe: "Show other users' and UDP sockets too" }],
    examples: [],
    load: () => import('./commands/ports.ts'),
  },
  {
    name: 'fix',
    aliases: [],
    describe: 'Plan, ask, act safely, and look again',
    positionals: [],
    options: [
      PORT,
      ONLY,
      MIN_AGE,
      { name: 'dry-run', type: 'boolean', describe: 'Print the plan and change nothing' },
      { name: 'yes', alias: 'y', type: 'boolean', describe: 'Consent to every step that is certain and not refused' },
      { name: 'own', type: 'boolean', describe: "Consent only to ending this project's own past servers" },
      { name: 'force', type: 'boolean', describe: 'Allow the last resort against an owner that cannot be identified' },
    ],
    examples: [
      ['devdoctor fix --port 3000', 'asks before it ends anything'],
      ['devdoctor fix --port 3000 --yes', 'as a "prestart" script'],
    ],
    load: () => import('./commands/fix.ts'),
  },
  {
    name: 'history',
    aliases: [],
    describe: 'List what was ended, and when',
    positionals: [],
    options: [],
    examples: [],
    load: () => import('./commands/history.ts'),
  },
  {
    name: 'undo',
    aliases: [],
    describe: 'Start again what was ended last',
    positionals: [{ name: 'id', required: false, describe: 'An entry of the history; the last one otherwise' }],
    options: [],
    examples: [],
    load: () => import('./commands/undo.ts'),
  },
  {
    name: 'init',
    aliases: [],
    describe: 'Put the pre-start hook into package.json',
    positionals: [],
    options: [
      { name: 'dry-run', type: 'boolean', describe: 'Show the change and write nothing' },
      { name: 'yes', alias: 'y', type: 'boolean', describe: 'Write it without asking' },
    ],
    examples: [['devdoctor init --dry-run', 'shows what it would add before "dev" and "start"']],
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'checks',
    aliases: [],
    describe: 'List the checks',
    positionals: [],
    options: [],
    examples: [],
    load: () => import('./commands/checks.ts'),
  },
  {
    name: 'explain',
    aliases: [],
    describe: 'Print one page about a check or a root cause',
    positionals: [{ name: 'id', required: true, describe: 'The id of a check, or the code of a root cause' }],
    options: [],
    examples: [['devdoctor explain port-occupied', 'what it looks at and what to do']],
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'completion',
    aliases: [],
    describe: 'Print a completion script for a shell',
    positionals: [
      { name: 'shell', required: false, describe: 'bash, zsh, fish or powershell; the current one otherwise' },
    ],
    options: [],
    examples: [['source <(devdoctor completion bash)', '']],
    load: () => import('./commands/completion.ts'),
  },
];
