import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where the supervisor of one home keeps what. All folders are 0700, all files 0600. */
export interface Home {
  /** The state folder itself. */
  readonly folder: string;
  /** Tells two homes apart in a few letters: part of every service's mark. */
  readonly key: string;
  readonly state: string;
  readonly saved: string;
  readonly token: string;
  readonly daemonLog: string;
  /** Pid and exit files of runs. */
  readonly run: string;
  readonly logs: string;
  /** Raw output that waits to be stamped. */
  readonly spool: string;
}

/** The folders and files below a state folder, which must be absolute and free of links. */
export const homeAt = (folder: string): Home => ({
  folder,
  key: createHash('sha256').update(folder).digest('hex').slice(0, 12),
  state: join(folder, 'services.json'),
  saved: join(folder, 'saved.json'),
  token: join(folder, 'token'),
  daemonLog: join(folder, 'devdoctord.log'),
  run: join(folder, 'run'),
  logs: join(folder, 'logs'),
  spool: join(folder, 'spool'),
});

/** The variable by which a service and all it starts are known. */
export const MARK_VARIABLE = 'DEVDOCTOR_SERVICE';

/** The variable that tells people, and programs of theirs, the name of the service. */
export const NAME_VARIABLE = 'DEVDOCTOR_NAME';
