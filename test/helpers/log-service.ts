import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSpec } from '../../src/model/service.ts';
import type { LogService } from '../../src/supervisor/daemon/logs/log-service.ts';
import { homeAt, type Home } from '../../src/supervisor/state/home.ts';

/** A home below a folder, with what is in it. */
export const aHome = (folder: string): Home => {
  const home = homeAt(join(folder, 'home'));
  for (const path of [home.folder, home.run, home.logs, home.spool]) mkdirSync(path, { recursive: true, mode: 0o700 });
  return home;
};

/** A service that logs into a home's own folder. */
export const aLoggingService = (home: Home, logs: Partial<LogSpec> = {}, id = 0): LogService => ({
  id,
  spec: { name: `app${id}`, uid: null, gid: null },
  logs: {
    out: join(home.logs, `app${id}-out.log`),
    error: join(home.logs, `app${id}-error.log`),
    combined: null,
    dateFormat: null,
    type: 'raw',
    merged: false,
    rotation: null,
    ...logs,
  },
});
