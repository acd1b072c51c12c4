import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitBranch, nearestProject } from '../../src/config/find-project.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { folderWith } from './write-files.ts';

const withoutGit = spawnSync('git', ['--version']).error !== undefined;

const git = (folder: string, ...words: readonly string[]): void => {
  const identity = ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, '-C', folder, ...words], { stdio: 'pipe' });
};

describe('nearestProject', () => {
  const root = () => folderWith({ 'package.json': {}, 'packages/web/package.json': {}, 'packages/web/src/a/b.ts': '' });

  it.each([
    ['', ''],
    ['packages', ''],
    ['packages/web', 'packages/web'],
    ['packages/web/src/a', 'packages/web'],
  ])('of %j is the folder of the nearest manifest: %j', (from, to) => {
    const folder = root();
    expect(nearestProject(join(folder, from))).toBe(join(folder, to));
  });

  it.each([
    ['there is no manifest', () => makeTempDir()],
    ['the folder is gone, though one above it has a manifest', () => join(root(), 'gone')],
    ['there is no such place', () => '/nowhere/at/all'],
  ])('is null where %s', (_, folder) => {
    expect(nearestProject(folder())).toBeNull();
  });
});

describe('gitBranch', () => {
  it.each([
    ['ref: refs/heads/main\n', 'main'],
    ['ref: refs/heads/feature/shop-42', 'feature/shop-42'],
    ['ref: refs/heads/ünïcode\n', 'ünïcode'],
    ['7eb263389e5eea068ad3d0c208ea4dd02ba86fa0\n', null],
    ['', null],
    ['ref: refs/remotes/origin/main\n', null],
  ])('of a head %j is %s', (head, branch) => {
    const folder = folderWith({ '.git/HEAD': head, 'src/a.ts': '' });
    expect(gitBranch(join(folder, 'src'))).toBe(branch);
  });

  it('is that of the innermost repository', () => {
    const folder = folderWith({
      '.git/HEAD': 'ref: refs/heads/outer\n',
      'inner/.git/HEAD': 'ref: refs/heads/inner\n',
      'inner/src/a.ts': '',
    });
    expect(gitBranch(join(folder, 'inner/src'))).toBe('inner');
  });

  it('is null outside a repository', () => {
    expect(gitBranch(makeTempDir())).toBeNull();
  });

  it('of a folder whose .git points nowhere is that of the repository above', () => {
    const folder = folderWith({ '.git/HEAD': 'ref: refs/heads/outer\n', 'lost/.git': 'gitdir: /nowhere/at/all\n' });
    expect(gitBranch(join(folder, 'lost'))).toBe('outer');
  });

  it('of a submodule is that of the submodule', () => {
    const folder = folderWith({
      '.git/HEAD': 'ref: refs/heads/outer\n',
      '.git/modules/lib/HEAD': 'ref: refs/heads/inner\n',
      'lib/.git': 'gitdir: ../.git/modules/lib\n',
    });
    expect(gitBranch(join(folder, 'lib'))).toBe('inner');
  });

  it('of a real worktree is its own, below its root too', (context) => {
    context.skip(withoutGit, 'there is no git here to make a worktree');
    const folder = folderWith({ 'shop/src/a.ts': '' });
    const shop = join(folder, 'shop');
    git(shop, 'init', '-q', '-b', 'main');
    git(shop, 'add', '.');
    git(shop, 'commit', '-q', '-m', 'Begin');
    git(shop, 'worktree', 'add', '-q', '-b', 'fix/port', join(folder, 'beside'));
    expect(gitBranch(shop)).toBe('main');
    expect(gitBranch(join(folder, 'beside'))).toBe('fix/port');
    expect(gitBranch(join(folder, 'beside/src'))).toBe('fix/port');
  });
});
