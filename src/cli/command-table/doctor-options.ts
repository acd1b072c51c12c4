import type { OptionSpec } from './command-spec.ts';

/** The ports to look at. */
export const PORT: OptionSpec = {
  name: 'port',
  alias: 'p',
  type: 'string',
  multiple: true,
  argument: 'N',
  expects: 'a whole number from 1 to 65535',
  describe: 'Port to look at; may be given several times',
};

/** The checks to run. */
export const ONLY: OptionSpec = {
  name: 'only',
  type: 'string',
  multiple: true,
  argument: 'ID',
  describe: 'Run only these checks',
};

/** The checks to leave out. */
export const SKIP: OptionSpec = {
  name: 'skip',
  type: 'string',
  multiple: true,
  argument: 'ID',
  describe: 'Leave these checks out',
};

/** The logs to read. */
export const LOG: OptionSpec = {
  name: 'log',
  type: 'string',
  multiple: true,
  argument: 'FILE',
  describe: 'Read this log, or - for standard input; may be given several times',
};

/** The age below which nothing is judged. */
export const MIN_AGE: OptionSpec = {
  name: 'min-age',
  type: 'string',
  argument: 'TIME',
  expects: 'a length of time such as 30s, 10m or 2h',
  describe: 'Judge no process that is younger',
};

/** Takes a value or none, so it has no `argument`: that would make the parser demand one. */
export const WATCH: OptionSpec = {
  name: 'watch',
  type: 'string',
  expects: 'a length of time such as 10s or 2m',
  describe: 'Look again every 5s until Ctrl-C, or as told: --watch=1m',
};
