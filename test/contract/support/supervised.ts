import { onTestFinished } from 'vitest';
import { folderWith } from '../../config/write-files.ts';
import { freePort } from '../../helpers/free-port.ts';
import { fixture } from '../../helpers/paths.ts';
import { runCli, type Run } from '../../helpers/run-cli.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { runJson } from './run-json.ts';

/** A project with two services, and a supervisor of its own that ends with the test. */
export interface Supervised {
  readonly home: string;
  readonly folder: string;
  readonly port: number;
  readonly run: (...args: readonly string[]) => Promise<Run>;
  /** Runs a command with --json, and asserts its exit code and that its result is what its schema says. */
  readonly json: <T extends { readonly command: string }>(
    args: readonly [string, ...string[]],
    code?: number,
  ) => Promise<T>;
}

/** A folder with an ecosystem file for a server and a worker. Nothing of it runs yet. */
export const supervised = async (): Promise<Supervised> => {
  const port = await freePort();
  const home = makeTempDir();
  const folder = folderWith({
    'ecosystem.config.json': {
      apps: [
        {
          name: 'api',
          script: fixture('listen.mjs'),
          args: [String(port), '127.0.0.1'],
          port,
          env: { API_TOKEN: 'hunter2', GREETING: 'hello' },
        },
        { name: 'worker', namespace: 'jobs', script: fixture('wait.mjs') },
      ],
    },
  });
  const options = { home, cwd: folder };
  onTestFinished(async () => {
    await runCli(['kill'], options);
  });
  return {
    home,
    folder,
    port,
    run: (...args) => runCli(args, options),
    json: (args, code = 0) => runJson(args, code, options),
  };
};
