import { describe, expect, it } from 'vitest';
import { listPorts } from '../../src/doctor/list-ports.ts';
import type { PortSocket } from '../../src/model/port.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import type { PortsResult } from '../../src/model/results.ts';
import { unreadable } from '../../src/model/snapshot.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { aSocket, heldBy, NOW, SELF } from '../helpers/a-snapshot.ts';
import { ROOT } from '../helpers/paths.ts';
import { fakeHost, type FakeHost } from '../helpers/fake-platform.ts';

const server = aProcess({ memoryBytes: 5, cwd: { path: `${ROOT}/test/doctor`, deleted: false } });
const worker = aProcess({ pid: 101 });
const self = running('node devdoctor', { pid: SELF });

const list = async (host: FakeHost, all = false): Promise<PortsResult> => {
  const reading = await listPorts(all, host.platform, NOW);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.value;
};

const hostWith = (sockets: readonly PortSocket[], ...processes: readonly ProcessInfo[]): FakeHost =>
  fakeHost([server, worker, self, ...processes], sockets);

describe('the list of listeners', () => {
  it('has one row for a process on both families, with all that is known of it', async () => {
    const sockets = [heldBy([server]), heldBy([server], { address: '::1' }), heldBy([server])];
    expect(await list(hostWith(sockets))).toEqual({
      schemaVersion: 1,
      command: 'ports',
      rows: [
        {
          protocol: 'tcp',
          port: 3000,
          addresses: ['127.0.0.1', '::1'],
          pid: 100,
          name: 'node',
          command: 'node server.js',
          project: ROOT,
          user: 'dev',
          upMs: NOW - server.startedAt,
          memoryBytes: 5,
          managedBy: null,
        },
      ],
      omitted: 0,
      notes: [],
    });
  });

  it('has a row for each of several holders, in the order of ports', async () => {
    const sockets = [heldBy([server], { port: 8080 }), heldBy([server, worker])];
    expect((await list(hostWith(sockets))).rows.map(({ port, pid }) => [port, pid])).toEqual([
      [3000, 100],
      [3000, 101],
      [8080, 100],
    ]);
  });

  it('keeps a listener that nobody is seen to hold, with its user', async () => {
    const { rows } = await list(hostWith([aSocket()]));
    expect(rows).toMatchObject([{ port: 3000, pid: null, name: null, command: null, user: 'dev', upMs: null }]);
  });

  it('knows no project of a folder that was removed', async () => {
    const gone = aProcess({ pid: 102, cwd: { path: ROOT, deleted: true } });
    expect((await list(hostWith([heldBy([gone])], gone))).rows).toMatchObject([{ project: null }]);
  });

  it('says who keeps a service alive', async () => {
    const service = aProcess({ pid: 102, unit: { name: 'x.service', scope: 'user' }, controlGroup: '/x.service' });
    const { rows } = await list(hostWith([heldBy([service])], service));
    expect(rows).toMatchObject([{ managedBy: { kind: 'systemd-user', unit: 'x.service' } }]);
  });

  it('takes the session that the command itself runs in for no manager', async () => {
    const session = { unit: { name: 'app.scope', scope: 'user' }, controlGroup: '/app.scope' } as const;
    const service = aProcess({ pid: 102, ...session });
    const host = fakeHost([service, { ...self, ...session }], [heldBy([service])]);
    expect((await list(host)).rows).toMatchObject([{ managedBy: null }]);
  });

  it.each([
    ['of another user', aSocket({ uid: 0, user: 'root' })],
    ['for UDP', heldBy([worker], { protocol: 'udp' })],
  ])('leaves out what is %s, counts it, and shows it on demand', async (_, socket) => {
    const host = hostWith([heldBy([server]), { ...socket, port: 3001 }]);
    expect(await list(host)).toMatchObject({ rows: [{ port: 3000 }], omitted: 1 });
    expect(await list(host, true)).toMatchObject({ rows: [{ port: 3000 }, { port: 3001 }], omitted: 0 });
  });

  it('shows what may be anybody’s where users are not known', async () => {
    expect((await list(hostWith([aSocket({ uid: null, user: null })]))).rows).toHaveLength(1);
  });

  it.each([
    ['sockets', { listeners: () => Promise.resolve(unreadable('tool-failed', 'EIO')) }],
    ['processes', { lineage: () => Promise.resolve(unreadable('tool-failed', 'EIO')) }],
  ])('is no empty list where the %s cannot be read', async (_, inspect) => {
    const { platform } = fakeHost([], [heldBy([server])], { inspect });
    expect(await listPorts(false, platform, NOW)).toEqual({ ok: false, reason: 'tool-failed', detail: 'EIO' });
  });
});
