import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureApp, type App, type Supervised } from './supervisor.ts';

/** What a service found around itself. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What a service wrote to its file. */
export const told = (file: string): Surroundings => JSON.parse(readFileSync(file, 'utf8')) as Surroundings;

/** A service that writes what it finds around itself to `NAME.json` in the folder of the commands. */
export const telling = (it: Supervised, name: string, more: Readonly<Record<string, unknown>> = {}): App => ({
  ...fixtureApp(name, 'service-tells-surroundings.mjs', { min_uptime: 300, ...more }),
  env: { FILE: join(it.folder, `${name}.json`), ...(more['env'] as object | undefined) },
});
