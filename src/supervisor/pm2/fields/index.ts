import { COMMAND_FIELDS, type CommandOptions } from './command-fields.ts';
import { END_FIELDS, type EndOptions } from './end-fields.ts';
import { ENVIRONMENT_FIELDS, type EnvironmentOptions } from './environment-fields.ts';
import type { FieldTable } from './field.ts';
import { LOG_FIELDS, type LogOptions } from './log-fields.ts';
import { RESTART_FIELDS, type RestartOptions } from './restart-fields.ts';
import { WATCH_FIELDS, type WatchOptions } from './watch-fields.ts';

/** The settings of an app by PM2's names, with every default filled in. */
export interface AppOptions
  extends CommandOptions, RestartOptions, EndOptions, LogOptions, WatchOptions, EnvironmentOptions {}

/** Every key an app may have, with how it is read and what holds without it. */
export const FIELDS: FieldTable<AppOptions> = {
  ...COMMAND_FIELDS,
  ...RESTART_FIELDS,
  ...END_FIELDS,
  ...LOG_FIELDS,
  ...WATCH_FIELDS,
  ...ENVIRONMENT_FIELDS,
};

/** PM2's name of a setting. */
export type Key = keyof AppOptions;

/** Every key, in the order of the table. */
export const KEYS: readonly Key[] = Object.keys(FIELDS) as Key[];
