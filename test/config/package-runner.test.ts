import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRunner, preScriptTrouble } from '../../src/config/package-runner.ts';
import { folderWith } from './write-files.ts';

const runnerOf = (files: Readonly<Record<string, unknown>>) => packageRunner(folderWith({ '.git/HEAD': '', ...files }));

const manager = (packageManager: string) => ({ 'package.json': { packageManager } });

describe('the runner of a project', () => {
  it.each<readonly [string, Readonly<Record<string, unknown>>, string, number | null]>([
    ['nothing', { 'package.json': {} }, 'npm', null],
    ['a lockfile of npm', { 'package-lock.json': {} }, 'npm', null],
    ['a field of npm', manager('npm@10.2.0'), 'npm', 10],
    ['a field of pnpm', manager('pnpm@8.15.1+sha256.abc'), 'pnpm', 8],
    ['a field of Yarn 1', manager('yarn@1.22.22'), 'yarn', 1],
    ['a field of Yarn 4', manager('yarn@4.1.0'), 'yarn-berry', 4],
    ['a field without a number', manager('yarn@stable'), 'yarn-berry', null],
    ['a field of bun', manager('bun@1.2.0'), 'bun', 1],
    [
      'a field of engines',
      { 'package.json': { devEngines: { packageManager: { name: 'pnpm', version: '^9.0.0' } } } },
      'pnpm',
      9,
    ],
    ['a field before a lockfile', { ...manager('pnpm@9.0.0'), 'package-lock.json': {} }, 'pnpm', 9],
    ['a field that says nothing', { ...manager('?'), 'yarn.lock': '# yarn lockfile v1' }, 'yarn', 1],
    ['a lockfile of pnpm 6', { 'pnpm-lock.yaml': 'lockfileVersion: 5.3\n' }, 'pnpm', 6],
    ['a lockfile of pnpm 7', { 'pnpm-lock.yaml': 'lockfileVersion: 5.4\n' }, 'pnpm', 7],
    ['a lockfile of pnpm 8', { 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n" }, 'pnpm', 8],
    ['a lockfile of pnpm 9', { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }, 'pnpm', 9],
    ['a workspace of pnpm', { 'pnpm-workspace.yaml': 'packages: []\n' }, 'pnpm', null],
    ['a lockfile of Yarn 1', { 'yarn.lock': '# yarn lockfile v1\n' }, 'yarn', 1],
    ['a lockfile of Yarn 2', { 'yarn.lock': '# generated\n\n__metadata:\n  version: 8\n' }, 'yarn-berry', null],
    ['a configuration of Yarn 2', { '.yarnrc.yml': '' }, 'yarn-berry', null],
    ['a lockfile of bun', { 'bun.lock': '' }, 'bun', null],
    ['an old lockfile of bun', { 'bun.lockb': '' }, 'bun', null],
    ['a broken manifest', { 'package.json': '{', 'yarn.lock': '' }, 'yarn', 1],
  ])('%s', (_, files, name, major) => {
    expect(runnerOf(files)).toMatchObject({ name, major });
  });

  it('is told by the root of the workspace', () => {
    const root = folderWith({
      '.git/HEAD': '',
      'pnpm-lock.yaml': 'lockfileVersion: 5.4\n',
      'apps/web/package.json': {},
    });
    expect(packageRunner(join(root, 'apps/web'))).toMatchObject({ name: 'pnpm', major: 7, source: 'pnpm-lock.yaml' });
  });

  it('is not told by what lies above the repository', () => {
    const root = folderWith({ 'yarn.lock': '', 'shop/package.json': {} });
    mkdirSync(join(root, 'shop/.git'));
    expect(packageRunner(join(root, 'shop')).name).toBe('npm');
  });
});

describe('the scripts that it does not run', () => {
  const SEVEN = { 'pnpm-lock.yaml': 'lockfileVersion: 5.4\n' };
  const NINE = { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };

  it.each<readonly [string, Readonly<Record<string, unknown>>, RegExp | null]>([
    ['npm runs them', {}, null],
    ['npm that is told not to', { '.npmrc': 'save-exact=true\nignore-scripts=true\n' }, /ignore-scripts/],
    ['Yarn 1 runs them', { 'yarn.lock': '' }, null],
    ['Yarn 2 never does', { '.yarnrc.yml': '' }, /Yarn 2/],
    ['bun runs them', { 'bun.lock': '' }, null],
    ['pnpm 6 runs them', { 'pnpm-lock.yaml': 'lockfileVersion: 5.3\n' }, null],
    ['pnpm 7 does not', SEVEN, /^pnpm 7 .*enable-pre-post-scripts=true/],
    ['pnpm 8 does not', manager('pnpm@8.0.0'), /^pnpm 8 /],
    ['pnpm 7 that is told to', { ...SEVEN, '.npmrc': 'enable-pre-post-scripts = true\n' }, null],
    ['pnpm 9 runs them', NINE, null],
    ['pnpm 9 that is told not to', { ...NINE, '.npmrc': 'enable-pre-post-scripts=false\n' }, /^pnpm 9 /],
    [
      'pnpm 10 that is told not to',
      { ...manager('pnpm@10.1.0'), 'pnpm-workspace.yaml': 'enablePrePostScripts: false\n' },
      /^pnpm 10 /,
    ],
    ['pnpm of which nothing else is known', { 'pnpm-workspace.yaml': 'packages: []\n' }, null],
  ])('%s', (_, files, said) => {
    const trouble = preScriptTrouble(runnerOf(files));
    if (said === null) expect(trouble).toBeNull();
    else expect(trouble).toMatch(said);
  });
});
