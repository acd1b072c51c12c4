import { describe, expect, it } from 'vitest';
import { portOccupied } from '../../../src/checks/port-occupied.ts';
import type { CheckContext } from '../../../src/model/check.ts';
import type { PortOccupancy } from '../../../src/model/port.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { aContext, aSocket, anOccupancy, FREE, heldBy, NOT_PERMITTED, NOW } from '../../helpers/a-snapshot.ts';

const summarize = (
  processes: readonly ProcessInfo[],
  occupancy: Partial<PortOccupancy> = {},
  context: Partial<CheckContext> = {},
): string | undefined => {
  const sockets = [heldBy(processes.slice(0, 1))];
  const ports = [anOccupancy({ sockets, ...occupancy })];
  return [...portOccupied.examine({ ports, processes }, aContext(context))][0]?.summary;
};

const init = running('/sbin/init', { pid: 1, parentPid: 0 });
const shell = running('bash', { pid: 90 });
const elsewhere = { path: '/home/dev/blog', deleted: false };
const server = aProcess({ parentPid: 90 });
const daily = { now: server.startedAt + 86_400_000 };

describe('the summary of a listener', () => {
  it.each<[string, string, readonly ProcessInfo[], Partial<PortOccupancy>?, Partial<CheckContext>?]>([
    ['a server of this project', 'is held by a server of this project', [server, shell]],
    ['one nobody is left who started', 'is still held by an earlier server of this project', [aProcess(), init]],
    ['one of a day ago', 'is held by an old server of this project', [server, shell], {}, daily],
    ['one just short of a day', 'is held by a server of this project', [server, shell], {}, { now: daily.now - 1 }],
    ['one of another project', 'is held by node server.js of blog', [{ ...server, cwd: elsewhere }, shell]],
    ['one when there is no project', 'is held by node server.js of shop', [server, shell], {}, { project: null }],
    ['one of no project', 'is held by node server.js', [{ ...server, cwd: null }, shell]],
    ['long paths', 'is held by python3 app.py', [running('/usr/bin/python3 /srv/x/app.py 3000', { cwd: null })]],
    ['code on the command line', 'is held by node', [running('node -e server()', { cwd: null })]],
    ['a program without arguments', 'is held by nginx', [running('/usr/sbin/nginx', { cwd: null })]],
    [
      'PM2',
      'is held by api, which pm2 keeps alive',
      [
        aProcess({ parentPid: 80, environment: { pm_id: '0', name: 'api' } }),
        aProcess({ pid: 80, name: 'PM2 v6.0.8: God', command: ['PM2 v6.0.8: God Daemon (/root/.pm2)'] }),
      ],
    ],
    [
      'a front man',
      'is held by sshd, which carries a remote login, perhaps with a forwarded port',
      [running('sshd: x', { name: 'sshd' })],
    ],
    [
      'a container',
      'is published by the container web',
      [running('docker-proxy')],
      {
        published: { engine: 'docker', id: 'c0ffee', name: 'web' },
      },
    ],
  ])('names %s', (_, expected, processes, occupancy, context) => {
    expect(summarize(processes, occupancy, context)).toBe(`Port 3000 ${expected}`);
  });

  it('tells two families from one socket that is shared', () => {
    const other = aProcess({ pid: 101 });
    const pair = [heldBy([server]), heldBy([other], { address: '::1' })];
    const both = 'Port 3000 is held by 2 processes';
    expect(summarize([server, other], { sockets: pair })).toBe(`${both}, one for IPv4 and one for IPv6`);
    expect(summarize([server, other], { sockets: [heldBy([server, other])] })).toBe(`${both} that share it`);
    const twice = [heldBy([server, other]), heldBy([server, other], { address: '::' })];
    expect(summarize([server, other], { sockets: twice })).toBe(`${both} that share it`);
  });

  it('names the container though its forwarder has a process for each family', () => {
    const forwarders = [running('docker-proxy', { pid: 10 }), running('docker-proxy', { pid: 11 })];
    const sockets = [
      heldBy(forwarders.slice(0, 1), { address: '0.0.0.0' }),
      heldBy(forwarders.slice(1), { address: '::' }),
    ];
    const published = { engine: 'docker', id: 'c0ffee', name: 'web' } as const;
    expect(summarize(forwarders, { sockets, published })).toBe('Port 3000 is published by the container web');
  });

  it('does not put a name in the mouth of a holder that has ended meanwhile', () => {
    const ports = [anOccupancy({ sockets: [heldBy([{ pid: 404, startedAt: NOW }])] })];
    const [finding] = portOccupied.examine({ ports, processes: [] }, aContext());
    expect(finding?.summary).not.toContain('?');
  });
});

describe('the summary of a port without a listener to be seen', () => {
  const firefox = running('/usr/lib/firefox/firefox');
  const connected = { state: 'connected', remote: { address: '1.1.1.1', port: 443 } } as const;

  it.each<[string, string, readonly ProcessInfo[], Partial<PortOccupancy>]>([
    [
      'a client',
      'is in use by a connection of firefox, not by a server',
      [firefox],
      { sockets: [heldBy([firefox], connected)] },
    ],
    [
      'an unseen client',
      'is in use by a connection of an unseen process, not by a server',
      [],
      { sockets: [aSocket(connected)] },
    ],
    [
      'a closed connection',
      'is blocked for up to a minute by a connection that was just closed',
      [],
      {
        sockets: [aSocket({ state: 'time-wait' })],
      },
    ],
    [
      'a hidden owner',
      'is occupied, and its owner is not visible to you: a process of root',
      [],
      {
        sockets: [aSocket({ uid: 0, user: 'root' })],
      },
    ],
    [
      'a hidden owner without a name',
      'is occupied, and its owner is not visible to you',
      [],
      {
        sockets: [aSocket({ uid: 1234, user: null })],
      },
    ],
    ['missing rights', 'needs rights that this user does not have', [], { probes: [FREE, NOT_PERMITTED] }],
    ['nothing at all', 'cannot be bound, and no socket shows why', [], {}],
  ])('tells of %s', (_, expected, processes, occupancy) => {
    expect(summarize(processes, { sockets: [], ...occupancy })).toBe(`Port 3000 ${expected}`);
  });
});
