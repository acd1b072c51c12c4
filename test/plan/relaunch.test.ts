import { describe, expect, it } from 'vitest';
import type { ProcessInfo } from '../../src/model/process.ts';
import { relaunchOf } from '../../src/plan/relaunch.ts';
import { aProcess } from '../helpers/a-process.ts';
import { examined } from '../helpers/a-snapshot.ts';

const node = { path: '/usr/bin/node', deleted: false };
const titledNpm = aProcess({ name: 'npm run dev', command: ['npm run dev'], executable: node });
const knowing = (said: Record<string, string>): ProcessInfo => aProcess({ pid: 101, environment: said });

describe('how to start a tree again', () => {
  it.each<[string, ProcessInfo, readonly ProcessInfo[], readonly string[]]>([
    ['a plain program', aProcess({ command: ['node', 'a b.js', ''] }), [], ['node', 'a b.js', '']],
    ['a program without arguments', aProcess({ command: ['/usr/bin/node'], executable: node }), [], ['/usr/bin/node']],
    ['a program whose file is not known', aProcess({ command: ['serve'], executable: null }), [], ['serve']],
    [
      'npm, which wrote a title over its arguments, by what its children know',
      titledNpm,
      [knowing({ npm_execpath: '/lib/npm-cli.js', npm_node_execpath: '/opt/node' })],
      ['/opt/node', '/lib/npm-cli.js', 'run', 'dev'],
    ],
    [
      'npm, without a word on its node',
      titledNpm,
      [knowing({ npm_execpath: '/lib/npm-cli.js' })],
      ['node', '/lib/npm-cli.js', 'run', 'dev'],
    ],
    ['npm whose children have gone', titledNpm, [], ['npm', 'run', 'dev']],
    [
      'npm that kept its arguments',
      aProcess({ command: ['node', '/bin/npm', 'run', 'dev'] }),
      [knowing({ npm_execpath: '/x' })],
      ['node', '/bin/npm', 'run', 'dev'],
    ],
  ])('%s', (_, root, members, command) => {
    expect(relaunchOf(root, [...members, root])?.command).toEqual(command);
  });

  it.each<[string, ProcessInfo]>([
    [
      'the program wrote a title over its arguments',
      aProcess({ command: ['next-server (v15.0.0)'], executable: node }),
    ],
    ['its arguments are not known', aProcess({ command: [] })],
    ['its folder was removed', aProcess({ cwd: { path: '/home/dev/shop', deleted: true } })],
    ['its folder cannot be read', aProcess({ cwd: null })],
  ])('cannot be told where %s', (_, root) => {
    expect(relaunchOf(root, [root])).toBeNull();
  });

  it('starts it where it was', () => {
    expect(relaunchOf(aProcess(), [])?.cwd).toBe('/home/dev/shop');
  });

  it('keeps the values of harmless variables only, and the names of all', () => {
    const safe = { PATH: '/bin', PORT: '3000', HOST: '::', NODE_ENV: 'development', LANG: 'C' };
    const ofNpm = {
      npm_lifecycle_event: 'dev',
      npm_package_json: '/home/dev/shop/package.json',
      INIT_CWD: '/home/dev',
    };
    const others = { HOME: '/home/dev', SHELL: '/bin/zsh', pm_id: '0', API_TOKEN: 'hunter2' };
    const names = [...Object.keys(safe), ...Object.keys(ofNpm), ...Object.keys(others)];
    const root = aProcess({ environment: { ...safe, ...ofNpm, ...others }, environmentNames: names });
    expect(relaunchOf(root, [root])).toMatchObject({ environment: { ...safe, ...ofNpm }, environmentNames: names });
    expect(JSON.stringify(relaunchOf(root, [root]))).not.toContain('hunter2');
    expect(Object.keys(relaunchOf(root, [root])?.environment ?? {})).toHaveLength(8);
  });

  it('keeps nothing of an environment that cannot be read', () => {
    const root = aProcess({ environment: null, environmentNames: null });
    expect(relaunchOf(root, [root])).toMatchObject({ environment: {}, environmentNames: [] });
  });

  it('finds its way in a recorded tree', () => {
    const { processes } = examined('yesterdays-server');
    const tree = processes.filter(({ pid }) => pid >= 4290 && pid <= 4320);
    const root = tree.find(({ pid }) => pid === 4290) ?? titledNpm;
    expect(relaunchOf(root, tree)).toEqual({
      command: ['/usr/bin/node', '/usr/lib/node_modules/npm/bin/npm-cli.js', 'run', 'dev'],
      cwd: '/home/ada/shop',
      environment: { PATH: '/usr/bin:/bin', PORT: '3000', NODE_ENV: 'development' },
      environmentNames: ['DATABASE_URL', 'HOME', 'NODE_ENV', 'PATH', 'PORT', 'STRIPE_SECRET_KEY', 'TERM'],
    });
  });
});
