import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readTextIfAny } from './read-text.ts';

/** A package of a workspace: its folder from the root, and the names of its scripts. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly scripts: readonly string[];
}

/** Deep enough for every layout people use; a `**` must not walk a whole disk. */
const DEEPEST = 6;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const parseJson = (text: string | null): Fields => {
  try {
    return fieldsOf(JSON.parse((text ?? '{}').replace(/^\uFEFF/, '')));
  } catch {
    // A broken manifest of another package is no reason not to name the others.
    return {};
  }
};

const patternsOf = async (root: string, manifest: Fields): Promise<readonly string[]> => {
  const yaml = readTextIfAny(join(root, 'pnpm-workspace.yaml'));
  const listed = manifest['workspaces'];
  const declared = Array.isArray(listed) ? listed : fieldsOf(listed)['packages'];
  const own: readonly unknown[] = Array.isArray(declared) ? declared : [];
  const pnpm: unknown = yaml === null ? [] : fieldsOf((await import('yaml')).parse(yaml))['packages'];
  return [...own, ...(Array.isArray(pnpm) ? (pnpm as readonly unknown[]) : [])].filter(
    (pattern) => typeof pattern === 'string',
  );
};

const plain = (pattern: string): string =>
  pattern
    .replace(/^!/, '')
    .replace(/^\.?\//, '')
    .replace(/\/$/, '');

const matcherOf = (pattern: string): RegExp => {
  const source = plain(pattern)
    .replace(/[.+^${}()|[\]\\?]/g, String.raw`\$&`)
    .replace(/\*\*\/|\*\*|\*/g, (star) => (star === '*' ? '[^/]*' : star === '**' ? '.*' : '(?:.*/)?'));
  return new RegExp(`^${source}$`);
};

const depthOf = (pattern: string): number => (pattern.includes('**') ? DEEPEST : plain(pattern).split('/').length);

const foldersBelow = (root: string, folder: string, depth: number): readonly string[] => {
  if (depth === 0) return [];
  const names = readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map(({ name }) => (folder === '' ? name : `${folder}/${name}`));
  return names.flatMap((name) => [name, ...foldersBelow(root, name, depth - 1)]);
};

/** The packages of the npm, pnpm or yarn workspace whose root a folder is; none where it is no root. */
export const workspacePackages = async (root: string): Promise<readonly WorkspacePackage[]> => {
  const patterns = await patternsOf(root, parseJson(readTextIfAny(join(root, 'package.json'))));
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map(matcherOf);
  if (wanted.length === 0) return [];
  const matchers = wanted.map(matcherOf);
  return foldersBelow(root, '', Math.max(...wanted.map(depthOf)))
    .filter((folder) => matchers.some((wants) => wants.test(folder)) && !unwanted.some((bans) => bans.test(folder)))
    .flatMap((folder) => {
      const text = readTextIfAny(join(root, folder, 'package.json'));
      return text === null ? [] : [{ folder, scripts: Object.keys(fieldsOf(parseJson(text)['scripts'])) }];
    })
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
};
