import { resolve } from 'node:path';
import type { ServiceLimit } from '../model/check.ts';
import { parseBytes } from '../util/parse-bytes.ts';
import type { ProjectFiles } from './project-files.ts';
import { settingsIn } from './project-settings.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The apps of an ecosystem file: under `apps` or `pm2`, or the file itself, one or many. */
const appsOf = (value: unknown): readonly Fields[] => {
  const { apps, pm2 } = fieldsOf(value);
  return [apps ?? pm2 ?? value].flat().map(fieldsOf);
};

const textIn = (fields: Fields, key: string): string | null => {
  const value = fields[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

const serviceOf = (app: Fields, folder: string, limits: Readonly<Record<string, number>>): readonly ServiceLimit[] => {
  const script = textIn(app, 'script');
  const name = textIn(app, 'name') ?? script;
  if (name === null) return [];
  const set = Object.hasOwn(limits, name) ? (limits[name] ?? null) : null;
  return [
    {
      name,
      limitBytes: set ?? parseBytes(app['max_memory_restart']),
      source: set === null ? 'max_memory_restart' : 'settings',
      cwd: resolve(folder, textIn(app, 'cwd') ?? '.'),
      script,
    },
  ];
};

/** What a project says about the memory of what it runs. */
export interface ServiceLimits {
  readonly services: readonly ServiceLimit[];
  /** For everything without a limit of its own; `null` for none. */
  readonly maxMemoryBytes: number | null;
}

/**
 * The services that a project's files name, with their limits: the apps of the ecosystem file and `max_memory_restart`
 * in it, and `memoryLimits` of the settings, which win. A name that only the settings know has no folder and no script.
 */
export const serviceLimitsIn = (files: ProjectFiles): ServiceLimits => {
  const { memoryLimits, maxMemoryBytes } = settingsIn(files).settings;
  const ecosystem = files.ecosystem?.ok === true ? files.ecosystem.value : {};
  const apps = appsOf(ecosystem).flatMap((app) => serviceOf(app, files.folder, memoryLimits));
  const named = new Set(apps.map(({ name }) => name));
  const others = Object.entries(memoryLimits)
    .filter(([name]) => !named.has(name))
    .map(([name, limitBytes]): ServiceLimit => ({ name, limitBytes, source: 'settings', cwd: null, script: null }));
  return { services: [...apps, ...others], maxMemoryBytes };
};
