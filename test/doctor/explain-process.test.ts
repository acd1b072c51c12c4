import { describe, expect, it } from 'vitest';
import { explainProcesses } from '../../src/doctor/explain-process.ts';
import type { PortSocket } from '../../src/model/port.ts';
import type { ProcessInfo } from '../../src/model/process.ts';
import type { ExplainedProcess } from '../../src/model/results.ts';
import { aProcess, running } from '../helpers/a-process.ts';
import { heldBy, NOW, SELF } from '../helpers/a-snapshot.ts';
import { ROOT } from '../helpers/paths.ts';
import { fakeHost } from '../helpers/fake-platform.ts';

const shell = running('bash', { pid: 90, sessionId: 90 });
const npm = running('npm run dev', { pid: 95, parentPid: 90, sessionId: 90 });
const server = aProcess({ parentPid: 95, sessionId: 90, memoryBytes: 7 });
const bundler = running('esbuild --service', { pid: 101, parentPid: 100 });
const sibling = running('tailwind', { pid: 102, parentPid: 95 });
const self = running('node devdoctor', { pid: SELF });

const explain = async (
  target: ProcessInfo,
  others: readonly ProcessInfo[] = [],
  sockets: readonly PortSocket[] = [],
  uid = 1000,
): Promise<ExplainedProcess | undefined> => {
  const { platform } = fakeHost([...others, self, target]);
  return (await explainProcesses([target.pid], sockets, platform, { selfPid: SELF, uid, protect: [] }, NOW))[0];
};

describe('a process explained', () => {
  it('says where it comes from, what it holds, what is with it, and what ends it', async () => {
    const here = { ...server, cwd: { path: `${ROOT}/test`, deleted: false } };
    const sockets = [
      heldBy([here]),
      heldBy([here], { address: '::1' }),
      heldBy([here], { protocol: 'udp', port: 53 }),
      heldBy([npm]),
    ];
    expect(await explain(here, [shell, npm, bundler, sibling], sockets)).toEqual({
      pid: 100,
      startedAt: server.startedAt,
      upMs: NOW - server.startedAt,
      name: 'node',
      command: 'node server.js',
      cwd: `${ROOT}/test`,
      project: ROOT,
      branch: expect.toSatisfy((branch: unknown) => branch === null || typeof branch === 'string'),
      user: 'dev',
      memoryBytes: 7,
      listens: ['tcp 127.0.0.1:3000', 'tcp [::1]:3000', 'udp 127.0.0.1:53'],
      chain: [
        { pid: 90, name: 'bash', role: 'shell' },
        { pid: 95, name: 'npm', role: 'package-runner' },
      ],
      children: [{ pid: 101, label: 'esbuild --service' }],
      managedBy: null,
      remarks: [],
      endedBy: ['devdoctor fix --port 3000'],
    });
  });

  it.each<[string, Partial<ProcessInfo>, string]>([
    ['its folder is gone', { cwd: { path: '/x', deleted: true } }, 'its folder was removed'],
    [
      'its program is gone',
      { executable: { path: '/x', deleted: true } },
      'its program was removed or upgraded since it started',
    ],
    ['it is suspended', { state: 'stopped' }, 'it is suspended, as by Ctrl-Z: it holds its port and answers nobody'],
    ['it has ended', { state: 'zombie' }, 'it has ended and waits for its parent to notice'],
    ['its session has ended', { sessionId: 77 }, 'the shell or terminal it was started from is gone'],
    ['it is an orphan', { parentPid: 1, sessionId: 100 }, 'its parent is the first process of the system'],
  ])('remarks that %s', async (_, said, remark) => {
    expect((await explain({ ...server, ...said }, [shell, npm]))?.remarks).toEqual([remark]);
  });

  it('does not call a shell gone that lives on and is only no ancestor any more', async () => {
    expect((await explain({ ...server, parentPid: 1 }, [shell, npm]))?.remarks).not.toContain(
      'the shell or terminal it was started from is gone',
    );
  });

  it.each([
    ['leads its session', { sessionId: 100 }],
    ['has the session of init', { sessionId: 1 }],
    ['has no session that is known', { sessionId: null }],
  ])('misses no terminal where it %s', async (_, said) => {
    expect((await explain({ ...server, ...said }, [shell, npm]))?.remarks).toEqual([]);
  });

  it.each<[string, ProcessInfo, readonly ProcessInfo[], readonly PortSocket[], readonly string[], number?]>([
    ['without a port', server, [shell, npm], [], ['kill 100']],
    ['that is only on UDP', server, [shell, npm], [heldBy([server], { protocol: 'udp' })], ['kill 100']],
    ['of another user', { ...server, uid: 0, user: 'root' }, [], [], ['not to be ended: it is a process of root']],
    [
      'of systemd',
      { ...server, unit: { name: 'a b.service', scope: 'system' }, controlGroup: '/a' },
      [],
      [],
      ["sudo systemctl stop 'a b.service'"],
    ],
    [
      'of systemd, for root',
      { ...server, uid: 0, unit: { name: 'a.service', scope: 'system' }, controlGroup: '/a' },
      [],
      [],
      ['systemctl stop a.service'],
      0,
    ],
    [
      'of a user’s systemd',
      { ...server, unit: { name: 'a.service', scope: 'user' }, controlGroup: '/a' },
      [],
      [],
      ['systemctl --user stop a.service'],
    ],
  ])('says what ends one %s', async (_, target, others, sockets, expected, uid) => {
    expect((await explain(target, others, sockets, uid))?.endedBy).toEqual(expected);
  });

  it('sends to the container behind a forwarder', async () => {
    const proxy = running('docker-proxy');
    const told = await explain(proxy, [], [heldBy([proxy], { port: 5000 })]);
    expect(told?.endedBy).toEqual([
      'Stop the container that publishes the port; never end the forwarder itself.',
      'docker ps --filter publish=5000',
      'docker stop NAME',
    ]);
  });

  it('asks for no port 0 where a forwarder holds none', async () => {
    expect((await explain(running('docker-proxy')))?.endedBy.join(' ')).not.toContain('publish=0');
  });

  it('leaves out who vanished', async () => {
    const { platform } = fakeHost([self, server]);
    const told = await explainProcesses([404, 100], [], platform, { selfPid: SELF, uid: 1000, protect: [] }, NOW);
    expect(told.map(({ pid }) => pid)).toEqual([100]);
  });

  it('lets no control character into the labels of children', async () => {
    const evil = aProcess({ pid: 101, parentPid: 100, command: ['\u001B[2J\nx'] });
    expect((await explain(server, [evil]))?.children).toEqual([{ pid: 101, label: String.raw`\x1b[2J\nx` }]);
  });
});
