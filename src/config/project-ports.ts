import { basename, join } from 'node:path';
import { parseEnv } from 'node:util';
import { toPort } from './port-number.ts';
import { readProjectFiles, type ProjectFiles } from './project-files.ts';
import { settingsIn } from './project-settings.ts';
import { readTextIfAny } from './read-text.ts';
import { scriptPorts, type NamedPort } from './script-ports.ts';

/** Dev servers without any other word listen on one of these. */
export const DEFAULT_PORTS: readonly number[] = [3000, 5000];

/** Later files win, as in the frameworks that read them. */
const ENV_FILES = ['.env', '.env.development', '.env.local', '.env.development.local'];
const VITE_FILES = ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts'].map((ending) => `vite.config.${ending}`);

/** The ports a project names, each with its source, and what could not be read. */
export interface ProjectPorts {
  readonly ports: readonly NamedPort[];
  readonly notes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const appsOf = (value: unknown): readonly Fields[] => {
  const root = fieldsOf(value);
  const apps = Array.isArray(value) ? value : (root['apps'] ?? root['pm2'] ?? value);
  return (Array.isArray(apps) ? apps : [apps]).map(fieldsOf);
};

const nameOf = ({ name, script }: Fields): string => [name, script].find((word) => typeof word === 'string') ?? '?';

const settingsPorts = (files: ProjectFiles): readonly NamedPort[] => {
  const { settings, place } = settingsIn(files);
  const source = place === null ? '' : `${basename(place.file)} ${place.key}.ports`;
  return settings.ports.map((port) => ({ port, source }));
};

const ecosystemPorts = ({ ecosystem }: ProjectFiles): ProjectPorts => {
  if (ecosystem === null) return { ports: [], notes: [] };
  const { name } = ecosystem;
  if (!ecosystem.ok)
    return { ports: [], notes: [`${name} could not be loaded, so its ports are not looked at: ${ecosystem.detail}`] };
  const ports = appsOf(ecosystem.value).flatMap((app) => {
    const port = toPort(app['port']) ?? toPort(fieldsOf(app['env'])['PORT']);
    return port === null ? [] : [{ port, source: `${name} app "${nameOf(app)}"` }];
  });
  return { ports, notes: [] };
};

const envPorts = (folder: string): readonly NamedPort[] => {
  const named = ENV_FILES.flatMap((file): NamedPort[] => {
    const text = readTextIfAny(join(folder, file));
    const port = text === null ? null : toPort(parseEnv(text)['PORT']);
    return port === null ? [] : [{ port, source: `${file} PORT` }];
  });
  return named.slice(-1);
};

/** The text of a braced block, without what is nested in it. */
const ownText = (text: string, from: number): string => {
  let depth = 0;
  let own = '';
  for (const character of text.slice(from)) {
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (depth === 1) own += character;
    if (depth === 0) break;
  }
  return own;
};

/** Read as text: running a configuration to learn one number is too much, and most are this plain. */
const vitePort = (folder: string): number | null => {
  const text = VITE_FILES.map((file) => readTextIfAny(join(folder, file))).find((found) => found !== null) ?? '';
  const block = /\bserver\s*:\s*(?=\{)/.exec(text);
  if (block === null) return null;
  return toPort(/\bport\s*:\s*(\d+)/.exec(ownText(text, block.index + block[0].length))?.[1]);
};

const manifestPorts = ({ folder, manifest }: ProjectFiles): ProjectPorts => {
  if (manifest === null) return { ports: [], notes: [] };
  if (!manifest.ok)
    return {
      ports: [],
      notes: [`package.json could not be read, so its scripts are not looked at: ${manifest.detail}`],
    };
  const scripts = fieldsOf(fieldsOf(manifest.value)['scripts']);
  return { ports: scriptPorts(scripts, (tool) => (tool === 'vite' ? vitePort(folder) : null)), notes: [] };
};

const defaults = (): readonly NamedPort[] => DEFAULT_PORTS.map((port) => ({ port, source: 'default' }));

/** The ports that files which were read already name, those of the settings first. */
export const portsIn = (files: ProjectFiles): ProjectPorts => {
  const ecosystem = ecosystemPorts(files);
  const manifest = manifestPorts(files);
  const named = [...settingsPorts(files), ...ecosystem.ports, ...envPorts(files.folder), ...manifest.ports];
  const unique = named.filter(({ port }, index) => named.findIndex((other) => other.port === port) === index);
  return { ports: unique.length === 0 ? defaults() : unique, notes: [...ecosystem.notes, ...manifest.notes] };
};

/** The ports a project names; the first source wins for each port. Without any: 3000 and 5000. */
export const projectPorts = async (folder: string | null): Promise<ProjectPorts> =>
  folder === null ? { ports: defaults(), notes: [] } : portsIn(await readProjectFiles(folder));
