import { Cron } from 'croner';
import { messageOf } from '../../../util/error-code.ts';
import { field, type FieldTable, type Reader } from './field.ts';
import { duration, listOf, orNull, readBoolean, readSize, wholeNumber } from './readers.ts';

/** When a service is started, and started again. */
export interface RestartOptions {
  readonly autostart: boolean;
  readonly autorestart: boolean;
  readonly max_restarts: number;
  readonly min_uptime: number;
  readonly restart_delay: number;
  readonly exp_backoff_restart_delay: number;
  readonly stop_exit_codes: readonly number[];
  readonly max_memory_restart: number | null;
  readonly cron_restart: string | null;
}

/** Any time will do: the question is whether there is a next one. */
const SOME_DAY = new Date(Date.UTC(2024, 0, 1));

const CRON = 'a cron expression such as "0 3 * * *", or 0 for none';

/** Why a cron expression is none; `null` for one that is. */
const cronFault = (text: string): string | null => {
  try {
    // It also takes single dates, which never come again.
    if (!text.startsWith('@') && ![5, 6].includes(text.split(/\s+/).length))
      return 'it has 5 fields, or 6 with seconds';
    return new Cron(text, { paused: true }).nextRun(SOME_DAY) === null ? 'this time never comes' : null;
  } catch (error) {
    return messageOf(error).replace(/^CronPattern: /, '');
  }
};

const readCron: Reader<string | null> = (value, refuse) => {
  if (value === 0 || value === '0' || value === false) return null;
  if (typeof value !== 'string') return refuse(CRON, value);
  const fault = cronFault(value.trim());
  return fault === null ? value.trim() : refuse(`${CRON} (${fault})`, value);
};

const MIN_UPTIME_MS = 100;
const EXIT_CODES = 'exit codes from 0 to 255';

export const RESTART_FIELDS: FieldTable<RestartOptions> = {
  autostart: field(true, readBoolean),
  autorestart: field(true, readBoolean),
  max_restarts: field(16, wholeNumber(0, 1e9, 'a whole number of 0 or more')),
  min_uptime: field(1_000, duration(MIN_UPTIME_MS)),
  restart_delay: field(0, duration()),
  exp_backoff_restart_delay: field(0, duration()),
  stop_exit_codes: field<readonly number[]>([], listOf(wholeNumber(0, 255, EXIT_CODES))),
  max_memory_restart: field(null, orNull(readSize)),
  cron_restart: field(null, readCron, ['cron']),
};
