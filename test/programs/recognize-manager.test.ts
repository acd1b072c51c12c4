import { describe, expect, it } from 'vitest';
import type { ContainerRef, ProcessInfo } from '../../src/model/process.ts';
import { recognizeManager, stopCommand } from '../../src/programs/recognize-manager.ts';
import { aProcess, running } from '../helpers/a-process.ts';

const ID = '7eb263389e5eea068ad3d0c208ea4dd02ba86fa0b2ebd44f63adc391351fba6d';
const OWN = '/user.slice/user-1000.slice/session-3.scope';
const GROUP = '/system.slice/shop.service';

const init = running('/sbin/init', { pid: 1 });
const god = aProcess({ command: ['PM2 v5.3.0: God Daemon (/home/dev/.pm2)'], name: 'PM2 v5.3.0: God' });
const inUnit = (said: Partial<ProcessInfo> = {}, name = 'shop.service', scope: 'system' | 'user' = 'system') =>
  running('node server.js', { unit: { name, scope }, controlGroup: GROUP, ...said });
const inContainer = (engine: ContainerRef['engine']) => running('node server.js', { container: { engine, id: ID } });

describe('the manager of a process', () => {
  it.each<[string, readonly ProcessInfo[], ReturnType<typeof recognizeManager>]>([
    [
      'PM2, by the name of the app',
      [running('node a.js', { environment: { pm_id: '0', name: 'web' } }), god],
      { kind: 'pm2', unit: 'web' },
    ],
    [
      'PM2, by the number of an app without a name',
      [running('node a.js', { environment: { pm_id: '3' } }), god],
      { kind: 'pm2', unit: '3' },
    ],
    [
      'PM2, by an ancestor that it started',
      [running('node worker.js'), running('node a.js', { environment: { pm_id: '0', name: 'web' } }), god],
      { kind: 'pm2', unit: 'web' },
    ],
    [
      'supervisord, by the program',
      [running('node a.js', { environment: { SUPERVISOR_PROCESS_NAME: 'web' } }), running('supervisord -n')],
      { kind: 'supervisord', unit: 'web' },
    ],
    [
      'supervisord, of which no program is known',
      [running('node a.js'), running('supervisord -n')],
      { kind: 'supervisord', unit: 'all' },
    ],
    [
      'devdoctor, by the name it gave',
      [running('node a.js', { environment: { DEVDOCTOR_SERVICE: '0f3a.4', DEVDOCTOR_NAME: 'back end' } }), init],
      { kind: 'devdoctor', unit: 'back end' },
    ],
    [
      'devdoctor, by the number where there is no name',
      [running('esbuild'), running('node a.js', { environment: { DEVDOCTOR_SERVICE: '0f3a.4' } }), init],
      { kind: 'devdoctor', unit: '4' },
    ],
    ['Docker', [inContainer('docker'), init], { kind: 'docker', unit: '7eb263389e5e' }],
    ['Podman', [inContainer('podman'), init], { kind: 'podman', unit: '7eb263389e5e' }],
    ['a system unit', [inUnit(), init], { kind: 'systemd', unit: 'shop.service' }],
    [
      'a system unit that runs a shell script',
      [inUnit(), running('/bin/bash /srv/shop/start.sh'), init],
      { kind: 'systemd', unit: 'shop.service' },
    ],
    [
      'a unit of a user',
      [inUnit({}, 'shop.service', 'user'), running('/usr/lib/systemd/systemd --user'), init],
      { kind: 'systemd-user', unit: 'shop.service' },
    ],
    [
      'PM2 even where PM2 itself runs as a unit',
      [inUnit({ environment: { pm_id: '0', name: 'web' } }, 'pm2-dev.service'), god, init],
      { kind: 'pm2', unit: 'web' },
    ],
    [
      'a unit that starts its server through su',
      [inUnit(), aProcess({ command: ['su', 'app', '-c', 'node server.js'] }), init],
      { kind: 'systemd', unit: 'shop.service' },
    ],
  ])('is %s', (_, family, manager) => {
    expect(recognizeManager(family, OWN)).toEqual(manager);
  });

  it.each<[string, readonly ProcessInfo[]]>([
    ['nothing is known of it', []],
    ['it was started in a terminal', [running('node server.js'), running('-bash'), init]],
    [
      'only the marks of PM2 were left to it',
      [running('node a.js', { environment: { pm_id: '0', name: 'web' } }), init],
    ],
    ['it is PM2 itself', [god, init]],
    ['it runs in a pod, which its own cluster brings back', [inContainer('kubernetes'), init]],
    ['a script is only called like a service manager', [running('node a.js'), running('node supervisord.js'), init]],
    ['its unit is the terminal it runs in', [inUnit(), running('-bash'), running('konsole'), init]],
    ['its unit is the multiplexer it runs in', [inUnit(), running('tmux'), init]],
    ['its unit is the editor it runs in', [inUnit(), running('/usr/share/code/code'), init]],
  ])('is nobody where %s', (_, family) => {
    expect(recognizeManager(family, OWN)).toBeNull();
  });

  it('is not the unit that this command runs in as well', () => {
    expect(recognizeManager([inUnit(), init], GROUP)).toBeNull();
  });

  it('is not the container that this command runs in as well', () => {
    expect(recognizeManager([inContainer('docker'), init], `/system.slice/docker-${ID}.scope`)).toBeNull();
  });
});

describe('the command that stops a unit', () => {
  it.each([
    ['pm2', 'web', ['pm2', 'stop', 'web']],
    ['systemd', 'shop.service', ['systemctl', 'stop', 'shop.service']],
    ['systemd-user', 'shop.service', ['systemctl', '--user', 'stop', 'shop.service']],
    ['supervisord', 'web', ['supervisorctl', 'stop', 'web']],
    ['devdoctor', 'web', ['devdoctor', 'stop', 'web']],
    ['docker', 'abc', ['docker', 'stop', 'abc']],
    ['podman', 'abc', ['podman', 'stop', 'abc']],
  ] as const)('of %s for %j is %j', (kind, unit, command) => {
    expect(stopCommand({ kind, unit })).toEqual(command);
  });

  it('hands the name over as one word, whatever is in it', () => {
    expect(stopCommand({ kind: 'pm2', unit: 'a b; rm -rf "$HOME"' })).toEqual(['pm2', 'stop', 'a b; rm -rf "$HOME"']);
  });
});
