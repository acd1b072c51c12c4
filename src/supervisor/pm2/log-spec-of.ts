import { join } from 'node:path';
import type { LogSpec } from '../../model/service.ts';
import { absolutePath } from './find-program.ts';
import type { FileChoice, LogOptions } from './fields/log-fields.ts';
import { fileNameOf } from './service-name.ts';

/** What `time: true` stands for. */
const TIME = 'YYYY-MM-DDTHH:mm:ss';

/** Where logs go. */
export interface LogPlaces {
  readonly name: string;
  readonly cwd: string;
  readonly home: string | undefined;
  /** Where they go that have no place of their own. */
  readonly logsFolder: string;
}

/** The log files of an app, before its instances are told apart. */
export const logSpecOf = (options: LogOptions, { name, cwd, home, logsFolder }: LogPlaces): LogSpec => {
  const at = (choice: FileChoice, kind: string): string | null => {
    if (options.disable_logs || choice === 'none') return null;
    return choice === 'usual'
      ? join(logsFolder, `${fileNameOf(name)}-${kind}.log`)
      : absolutePath(choice.path, cwd, home);
  };
  const [out, error, combined] = [
    at(options.out_file, 'out'),
    at(options.error_file, 'error'),
    at(options.log_file, 'all'),
  ];
  return {
    out,
    error,
    // One file for all three has both streams already.
    combined: combined === out && combined === error ? null : combined,
    dateFormat: options.log_date_format !== '' ? options.log_date_format : options.time ? TIME : null,
    type: options.log_type,
    merged: options.merge_logs,
    rotation: options.log_rotate,
  };
};
