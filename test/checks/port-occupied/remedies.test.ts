import { describe, expect, it } from 'vitest';
import { portOccupied } from '../../../src/checks/port-occupied.ts';
import type { CheckContext } from '../../../src/model/check.ts';
import type { PortOccupancy } from '../../../src/model/port.ts';
import { refOf, type ProcessInfo } from '../../../src/model/process.ts';
import type { Remedy } from '../../../src/model/remedy.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { aContext, anOccupancy, heldBy, SELF } from '../../helpers/a-snapshot.ts';

/** What helps against the first of the processes. */
const remedies = (
  processes: readonly ProcessInfo[],
  occupancy: Partial<PortOccupancy> = {},
  context: Partial<CheckContext> = {},
): readonly Remedy[] => {
  const { port = 3000 } = occupancy;
  const sockets = [heldBy(processes.slice(0, 1), { port })];
  const ports = [anOccupancy({ sockets, ...occupancy })];
  return [...portOccupied.examine({ ports, processes }, aContext(context))][0]?.remedies ?? [];
};

const shell = running('bash', { pid: 90 });
const npm = running('npm run dev', { pid: 95, parentPid: 90 });
const scriptShell = aProcess({ pid: 96, parentPid: 95, command: ['sh', '-c', 'node server.js'] });
const server = aProcess({ parentPid: 96 });
const god = aProcess({ pid: 80, name: 'PM2 v6.0.8: God', command: ['PM2 v6.0.8: God Daemon (/root/.pm2)'] });
const ofPm2 = (name: string): ProcessInfo => aProcess({ parentPid: 80, environment: { pm_id: '0', name } });
const ofUnit = (name: string, scope: 'system' | 'user'): ProcessInfo =>
  aProcess({ unit: { name, scope }, controlGroup: `/${name}` });

describe('against a server', () => {
  it('ends the whole dev server from its package runner on, politely first', () => {
    expect(remedies([server, scriptShell, npm, shell])).toEqual([
      {
        kind: 'terminate',
        certainty: 'certain',
        risk: 'disruptive',
        rationale: 'ends the whole dev server that holds port 3000',
        commands: ['devdoctor fix --port 3000'],
        target: refOf(npm),
        tree: true,
        graceMs: 3_000,
      },
    ]);
  });

  it('ends a lone process as such', () => {
    const lone = aProcess({ parentPid: 90 });
    expect(remedies([lone, shell])).toMatchObject([
      { kind: 'terminate', target: refOf(lone), rationale: 'ends the process that holds port 3000' },
    ]);
  });

  it.each([
    ['the command itself', SELF, SELF],
    ['an ancestor of the command', 95, 95],
  ])('does not climb to %s', (_, outside, runner) => {
    const hook = aProcess({ pid: SELF, parentPid: 95, command: ['npm', 'run', 'x'] });
    const child = aProcess({ parentPid: runner });
    const [remedy] = remedies([child, npm, shell, hook]);
    expect(remedy).toMatchObject({ kind: 'terminate', target: refOf(child) });
    expect(remedy).not.toMatchObject({ target: { pid: outside } });
  });

  it('proposes nothing against a holder that has ended meanwhile', () => {
    expect(remedies([], { sockets: [heldBy([{ pid: 404, startedAt: 1 }])] })).toEqual([]);
  });

  it.each<[string, string, Partial<ProcessInfo>]>([
    ['by name', 'sudo -u www-data devdoctor fix --port 3000', { uid: 33, user: 'www-data' }],
    ['by a name that needs quotes', "sudo -u 'CORP\\ada' devdoctor fix --port 3000", { uid: 77, user: 'CORP\\ada' }],
  ])('sends a person to another user, %s', (_, command, said) => {
    const [remedy] = remedies([aProcess(said)]);
    expect(remedy).toMatchObject({ kind: 'manual', commands: [command], rationale: `it is a process of ${said.user}` });
  });

  it.each<[string, Partial<ProcessInfo>, Partial<CheckContext>]>([
    ['the user of the process is not known', { uid: null, user: null }, {}],
    ['users have no numbers here', { uid: 33 }, { uid: null }],
  ])('leaves it to the plan to judge where %s', (_, said, context) => {
    expect(remedies([aProcess(said)], {}, context)).toMatchObject([{ kind: 'terminate' }]);
  });
});

describe('against what a manager keeps alive', () => {
  it.each<[string, readonly ProcessInfo[], readonly string[], string, number]>([
    ['PM2', [ofPm2('api'), god], ['pm2', 'stop', 'api'], 'pm2 stop api', 1000],
    [
      'PM2, with a name that needs quotes',
      [ofPm2("it's; rm"), god],
      ['pm2', 'stop', "it's; rm"],
      String.raw`pm2 stop 'it'\''s; rm'`,
      1000,
    ],
    [
      'systemd, as root',
      [ofUnit('shop.service', 'system')],
      ['systemctl', 'stop', 'shop.service'],
      'systemctl stop shop.service',
      0,
    ],
    [
      'systemd of the user',
      [ofUnit('a b.service', 'user')],
      ['systemctl', '--user', 'stop', 'a b.service'],
      "systemctl --user stop 'a b.service'",
      1000,
    ],
  ])('asks %s', (_, processes, run, command, uid) => {
    expect(remedies(processes, {}, { uid })).toMatchObject([
      { kind: 'stop-with-manager', risk: 'disruptive', run, commands: [command] },
    ]);
  });

  it('leaves a unit of the system to a person who has the rights', () => {
    expect(remedies([ofUnit('shop.service', 'system')])).toMatchObject([
      {
        kind: 'manual',
        instructions: 'Stop the unit shop.service, with the rights it needs.',
        commands: ['sudo systemctl stop shop.service'],
      },
    ]);
  });

  it('asks the manager rather than another user', () => {
    expect(remedies([{ ...ofUnit('x.service', 'system'), uid: 33 }])).toMatchObject([
      { commands: ['sudo systemctl stop x.service'] },
    ]);
  });
});

describe('against what speaks for others', () => {
  const docker = running('docker-proxy -host-port 3000');
  const podman = running('rootlessport');
  const named = (engine: 'docker' | 'podman', name: string) => ({ published: { engine, id: 'c0ffee', name } });

  it.each<[string, ProcessInfo, readonly string[]]>([
    ['docker-proxy of an unknown container', docker, ['docker ps --filter publish=3000', 'docker stop NAME']],
    ['rootlessport of an unknown container', podman, ['podman ps', 'podman stop NAME']],
    [
      'a socket of systemd',
      running('/sbin/init', { pid: 1, name: 'systemd' }),
      ['systemctl list-sockets', 'sudo systemctl stop NAME.socket'],
    ],
    ['sshd', running('sshd: dev@pts/1', { name: 'sshd' }), []],
    ['an editor', running('/usr/bin/cursor .'), []],
    ['a tunnel', running('ssh -L 3000:db:5432 gate'), []],
    ['the daemon of PM2', god, ['pm2 list', 'pm2 stop NAME']],
    [
      'a forwarder of root',
      { ...docker, uid: 0, user: 'root' },
      ['docker ps --filter publish=3000', 'docker stop NAME'],
    ],
  ])('shows what a person would do about %s, and ends nothing', (_, process, commands) => {
    expect(remedies([process])).toMatchObject([{ kind: 'manual', risk: 'safe', commands }]);
  });

  it.each<[string, ProcessInfo, 'docker' | 'podman', string, string]>([
    ['docker-proxy', docker, 'docker', 'web', 'docker stop web'],
    ['docker-proxy, with a name that needs quotes', docker, 'docker', '$(reboot)', "docker stop '$(reboot)'"],
    ['rootlessport', podman, 'podman', 'web', 'podman stop web'],
    ['a forwarder of root', { ...docker, uid: 0, user: 'root' }, 'docker', 'web', 'docker stop web'],
  ])('asks the engine to stop the container it named behind %s', (_, process, engine, name, command) => {
    expect(remedies([process], named(engine, name))).toEqual([
      {
        kind: 'stop-with-manager',
        risk: 'disruptive',
        rationale: `the container ${name} publishes the port`,
        commands: [command],
        manager: engine,
        unit: name,
        run: [engine, 'stop', name],
      },
    ]);
  });
});
