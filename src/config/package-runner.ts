import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTextIfAny } from './read-text.ts';

export type RunnerName = 'npm' | 'pnpm' | 'yarn' | 'yarn-berry' | 'bun';

/** The program that runs a project's scripts. */
export interface PackageRunner {
  readonly name: RunnerName;
  /** Its major version, where the project tells. */
  readonly major: number | null;
  /** What told it. */
  readonly source: string | null;
  /** The folders from the package up to the root of its repository, which may hold its settings. */
  readonly folders: readonly string[];
}

type Sighting = Pick<PackageRunner, 'name' | 'major' | 'source'>;

/** The folder and those above it, up to the first repository: what lies beyond is not of this project. */
const foldersUp = (folder: string): readonly string[] => {
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? [folder] : [folder, ...foldersUp(parent)];
};

const FIRST_BERRY = 2;

const named = (name: string, version: string | undefined, source: string): Sighting | null => {
  const major = /\d+/.exec(version ?? '')?.[0];
  const number = major === undefined ? null : Number(major);
  if (name === 'yarn')
    return { name: (number ?? FIRST_BERRY) < FIRST_BERRY ? 'yarn' : 'yarn-berry', major: number, source };
  return name === 'npm' || name === 'pnpm' || name === 'bun' ? { name, major: number, source } : null;
};

interface RunnerFields {
  readonly packageManager?: unknown;
  readonly devEngines?: { readonly packageManager?: { readonly name?: unknown; readonly version?: unknown } };
}

const fieldsOf = (folder: string): RunnerFields => {
  try {
    const value: unknown = JSON.parse((readTextIfAny(join(folder, 'package.json')) ?? '').replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // A manifest above that cannot be read says nothing; that of the package itself is refused elsewhere.
    return {};
  }
};

const fromManifest = (folder: string): Sighting | null => {
  const { packageManager, devEngines } = fieldsOf(folder);
  const [, name, version] = /^([a-z]+)@(.+)$/.exec(typeof packageManager === 'string' ? packageManager : '') ?? [];
  if (name !== undefined) return named(name, version, 'packageManager in package.json');
  const engine = devEngines?.packageManager;
  if (typeof engine?.name !== 'string') return null;
  return named(
    engine.name,
    typeof engine.version === 'string' ? engine.version : undefined,
    'devEngines in package.json',
  );
};

/** The versions of pnpm by that of the lockfile they write; later ones are alike in what matters here. */
const pnpmMajor = (lockfile: string): number | null => {
  const version = Number(/^lockfileVersion:\s*['"]?(\d+(?:\.\d+)?)/m.exec(lockfile)?.[1]);
  if (Number.isNaN(version)) return null;
  if (version < 5.4) return 6;
  return version < 6 ? 7 : Math.max(8, Math.floor(version));
};

const fromLockfile = (folder: string): Sighting | null => {
  const has = (name: string): boolean => existsSync(join(folder, name));
  const pnpm = readTextIfAny(join(folder, 'pnpm-lock.yaml'));
  if (pnpm !== null) return { name: 'pnpm', major: pnpmMajor(pnpm), source: 'pnpm-lock.yaml' };
  if (has('pnpm-workspace.yaml')) return { name: 'pnpm', major: null, source: 'pnpm-workspace.yaml' };
  const yarn = readTextIfAny(join(folder, 'yarn.lock'));
  const berry = has('.yarnrc.yml') || /^__metadata:/m.test(yarn ?? '');
  if (berry) return { name: 'yarn-berry', major: null, source: yarn === null ? '.yarnrc.yml' : 'yarn.lock' };
  if (yarn !== null) return { name: 'yarn', major: 1, source: 'yarn.lock' };
  const bun = ['bun.lock', 'bun.lockb'].find(has);
  if (bun !== undefined) return { name: 'bun', major: null, source: bun };
  const npm = ['package-lock.json', 'npm-shrinkwrap.json'].find(has);
  return npm === undefined ? null : { name: 'npm', major: null, source: npm };
};

/** Which program runs the scripts of a package: the nearest word on it, at the package or above; npm without any. */
export const packageRunner = (folder: string): PackageRunner => {
  const folders = foldersUp(folder);
  for (const at of folders) {
    const sighting = fromManifest(at) ?? fromLockfile(at);
    if (sighting !== null) return { ...sighting, folders };
  }
  return { name: 'npm', major: null, source: null, folders };
};

const settingOf = (folders: readonly string[], files: Readonly<Record<string, RegExp>>): string | null => {
  for (const folder of folders)
    for (const [file, pattern] of Object.entries(files)) {
      const value = pattern.exec(readTextIfAny(join(folder, file)) ?? '')?.[1];
      if (value !== undefined) return value;
    }
  return null;
};

const PNPM_SETTINGS = {
  '.npmrc': /^[ \t]*enable-pre-post-scripts[ \t]*=[ \t]*"?(true|false)/m,
  'pnpm-workspace.yaml': /^enablePrePostScripts:[ \t]*(true|false)/m,
};

const NPM_SETTINGS = { '.npmrc': /^[ \t]*ignore-scripts[ \t]*=[ \t]*"?(true|false)/m };

/** Why a runner does not run the `pre…` scripts of a project, and what makes it; `null` when it runs them. */
export const preScriptTrouble = ({ name, major, folders }: PackageRunner): string | null => {
  if (name === 'yarn-berry') return 'Yarn 2 and later never runs "pre" scripts, so the command is in the script itself';
  if (name === 'npm' && settingOf(folders, NPM_SETTINGS) === 'true')
    return 'npm runs no "pre" scripts here, because .npmrc has ignore-scripts=true: remove that line';
  if (name !== 'pnpm') return null;
  const setting = settingOf(folders, PNPM_SETTINGS);
  const silent = setting === null ? major === 7 || major === 8 : setting === 'false';
  if (!silent) return null;
  const version = major === null ? '' : ` ${major}`;
  return `pnpm${version} runs no "pre" scripts here: put the line enable-pre-post-scripts=true into .npmrc`;
};
