import { describe, expect, it } from 'vitest';
import { workspacePackages } from '../../src/config/workspace-packages.ts';
import { folderWith } from './write-files.ts';

const PACKAGES = Object.fromEntries(
  ['web', 'apps/api', 'apps/web', 'apps/web/node_modules/x', 'apps/.hidden', 'libs/ui/core', 'apps+1/web'].map(
    (folder) => [`${folder}/package.json`, { scripts: { dev: 'x' } }],
  ),
);

const found = async (files: Readonly<Record<string, unknown>>): Promise<readonly string[]> =>
  (await workspacePackages(folderWith({ ...PACKAGES, 'empty/readme': '', ...files }))).map(({ folder }) => folder);

describe('the packages of a workspace', () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ['no workspace', undefined, []],
    ['no list', 'apps/*', []],
    ['one folder', ['web'], ['web']],
    ['a folder of packages', ['apps/*'], ['apps/api', 'apps/web']],
    ['the same in other words', ['./apps/*/'], ['apps/api', 'apps/web']],
    ['all but one', ['apps/*', '!apps/api'], ['apps/web']],
    ['a part of a name', ['apps/w*'], ['apps/web']],
    ['everything', ['**'], ['apps+1/web', 'apps/api', 'apps/web', 'libs/ui/core', 'web']],
    ['everything of a name', ['**/web'], ['apps+1/web', 'apps/web', 'web']],
    ['everything below', ['libs/**'], ['libs/ui/core']],
    ['the form of Yarn 1', { packages: ['web'] }, ['web']],
    ['a folder that is no package', ['empty'], []],
    ['words that are none', [1, null], []],
  ])('%s', async (_, workspaces, folders) => {
    expect(await found({ 'package.json': { workspaces } })).toEqual(folders);
  });

  it('are read as pnpm writes them', async () => {
    expect(await found({ 'package.json': {}, 'pnpm-workspace.yaml': 'packages:\n  - "apps/*"\n' })).toEqual([
      'apps/api',
      'apps/web',
    ]);
  });

  it('come with the names of their scripts', async () => {
    const folder = folderWith({
      'package.json': { workspaces: ['a', 'b'] },
      'a/package.json': '{',
      'b/package.json': { scripts: { dev: 'x' } },
    });
    expect(await workspacePackages(folder)).toEqual([
      { folder: 'a', scripts: [] },
      { folder: 'b', scripts: ['dev'] },
    ]);
  });
});
