import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServiceSpec } from '../../../src/model/service.ts';
import { commandOf, obstacleTo, type LaunchPlace } from '../../../src/supervisor/daemon/launch.ts';
import { aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { isRoot, skipWhen } from '../../platform/skip-when.ts';

const PLACE: LaunchPlace = {
  base: '/run/3-1',
  boot: 'boot',
  mark: 'abc.3',
  shim: '/run/shim.sh',
  guard: '/run/guard.cjs',
  out: 0,
  error: 0,
  asUser: [],
};

const commandFor = (spec: Partial<ServiceSpec>, place: Partial<LaunchPlace> = {}): ReturnType<typeof commandOf> =>
  commandOf(aServiceRecord({ spec: aServiceSpec(spec) }), { ...PLACE, ...place });

describe('the command of a service', () => {
  it('is run by the shim, which is told where the run is recorded and the boot', () => {
    const { args } = commandFor({ command: ['/bin/true', 'a b', ''], interpreter: null });
    expect(args).toEqual(['/run/shim.sh', '/run/3-1', 'boot', '/bin/true', 'a b', '']);
  });

  it.each(['/usr/bin/node', '/opt/node/bin/node22', '/usr/bin/node20.1', 'node'])(
    'has the guard of Node when %s runs it',
    (node) => {
      const { args } = commandFor({ command: [node, '--inspect', 'server.js', '--x'], interpreter: node });
      expect(args.slice(3)).toEqual([node, '--require', '/run/guard.cjs', '--inspect', 'server.js', '--x']);
    },
  );

  it.each([
    [['/usr/bin/python3', 'app.py'], '/usr/bin/python3'],
    [['/usr/bin/nodejs-wrapper', 'x.js'], '/usr/bin/nodejs-wrapper'],
    [['/srv/node_modules/.bin/vite'], null],
    [['/srv/node'], null],
    [['/usr/bin/bash', 'node'], '/usr/bin/bash'],
  ] as const)('has no guard of Node in %j', (command, interpreter) => {
    expect(commandFor({ command: [...command] as [string], interpreter }).args.slice(3)).toEqual(command);
  });

  it('becomes the configured user before anything else', () => {
    const asUser = ['/usr/bin/setpriv', '--reuid=www', '--'];
    const { args } = commandFor({ command: ['/bin/true'], interpreter: null, env: { 'odd.name': '1' } }, { asUser });
    expect(args.slice(3, 6)).toEqual(asUser);
    expect(args.at(-1)).toBe('/bin/true');
  });

  it('has the environment of its instance, its name and its mark', () => {
    const { env } = commandFor({ name: 'api', env: { KEY: 'v' }, cwd: '/srv' });
    expect(env).toEqual({
      KEY: 'v',
      PWD: '/srv',
      NODE_APP_INSTANCE: '0',
      DEVDOCTOR_NAME: 'api',
      DEVDOCTOR_SERVICE: 'abc.3',
    });
  });

  it('has a mark that no configuration can change', () => {
    expect(commandFor({ env: { DEVDOCTOR_SERVICE: 'other.1' } }).env['DEVDOCTOR_SERVICE']).toBe('abc.3');
  });

  it('tells nobody the values of variables, whatever their names', () => {
    const env = {
      '//registry.npmjs.org/:_authToken': 'secret',
      'spring.password': 'secret',
      UID: 'secret',
      '-x': 'secret',
      PLAIN: 'secret',
    };
    expect(JSON.stringify(commandFor({ env }).args)).not.toContain('secret');
  });
});

describe('what is in the way of a start', () => {
  const inTheWay = (said: Partial<ServiceSpec>): string | null =>
    obstacleTo(aServiceRecord({ spec: aServiceSpec({ command: ['/bin/sh'], interpreter: null, cwd: '/', ...said }) }));

  it('is nothing where all is there', () => {
    expect(inTheWay({})).toBeNull();
  });

  it('is a folder that is gone, or none, or leads in a circle', () => {
    const folder = makeTempDir();
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('loop', join(folder, 'loop'));
    expect(inTheWay({ cwd: join(folder, 'none') })).toBe(`its folder ${folder}/none is gone`);
    expect(inTheWay({ cwd: join(folder, 'file') })).toBe(`its folder ${folder}/file is no folder`);
    expect(inTheWay({ cwd: join(folder, 'file', 'below') })).toBe(
      `its folder ${folder}/file/below cannot be entered (ENOTDIR)`,
    );
    expect(inTheWay({ cwd: join(folder, 'loop') })).toBe(`its folder ${folder}/loop cannot be entered (ELOOP)`);
  });

  it('is a program that is gone, a folder, or not to be run', () => {
    const folder = makeTempDir();
    writeFileSync(join(folder, 'plain'), '#!/bin/sh\n');
    chmodSync(join(folder, 'plain'), 0o644);
    mkdirSync(join(folder, 'folder'));
    symlinkSync('loop', join(folder, 'loop'));
    const blocked = (name: string): string | null => inTheWay({ command: [join(folder, name)] });
    expect(blocked('none')).toBe(`its program ${folder}/none is gone`);
    expect(blocked('folder')).toBe(`its program ${folder}/folder is a folder`);
    expect(blocked('plain')).toBe(`its program ${folder}/plain cannot be run (EACCES)`);
    expect(blocked('loop')).toBe(`its program ${folder}/loop cannot be run (ELOOP)`);
  });

  it('is an interpreter that was removed, named as such', () => {
    const node = '/root-of-nobody/.nvm/versions/node/v18.0.0/bin/node';
    expect(inTheWay({ command: [node, 'server.js'], interpreter: node })).toBe(`its interpreter ${node} is gone`);
  });

  it('is a folder that this user may not enter', (context) => {
    skipWhen(context, isRoot(), 'root may enter any folder');
    const folder = makeTempDir();
    mkdirSync(join(folder, 'closed', 'inner'), { recursive: true });
    chmodSync(join(folder, 'closed'), 0o000);
    onTestFinished(() => chmodSync(join(folder, 'closed'), 0o700));
    expect(inTheWay({ cwd: join(folder, 'closed') })).toBe(`its folder ${folder}/closed cannot be entered (EACCES)`);
    expect(inTheWay({ cwd: join(folder, 'closed', 'inner') })).toContain('cannot be entered (EACCES)');
  });
});
