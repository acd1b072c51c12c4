import type { ServiceSpec } from '../../model/service.ts';
import type { Shell } from './environment-of.ts';
import type { Fields } from './fields/field.ts';

/** All that makes specs of a configuration, besides the configuration. */
export interface SpecRequest {
  /** Absolute path of the file; `null` for a command line. */
  readonly file: string | null;
  /** Absolute path of the folder the command was given in. */
  readonly folder: string;
  /** What `--env` chose; `null` for none. */
  readonly profile: string | null;
  /** Names of the apps that are wanted; none for all. */
  readonly only: readonly string[];
  /** The environment of the command. */
  readonly shell: Shell;
  /** Absolute path of the program that runs this command, and its version. */
  readonly nodePath: string;
  readonly nodeVersion: string;
  /** How many processors there are for this process. */
  readonly cpus: number;
  /** Absolute path of the folder for logs that have no place of their own. */
  readonly logsFolder: string;
  /** What flags say, by PM2's keys; it wins over what every app says. */
  readonly overrides: Fields;
}

/** The services of a configuration, and what to tell about them. */
export interface SpecsReading {
  readonly specs: readonly ServiceSpec[];
  readonly notices: readonly string[];
}
