import { once } from 'node:events';
import { realpathSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type ListenOptions } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LastResort } from '../../../src/model/platform.ts';
import type { Reading } from '../../../src/model/snapshot.ts';
import { createLinuxPlatform } from '../../../src/platform/linux/index.ts';
import { freePort } from '../../helpers/free-port.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { addBootTime, addProcess, recordedProc } from './fake-proc.ts';

const NO_LAST_RESORT: LastResort = {
  victimsOfPort: () => Promise.reject(new Error('not asked here')),
  killByPort: () => Promise.reject(new Error('not asked here')),
};

const platformOf = (proc?: string) => createLinuxPlatform(NO_LAST_RESORT, proc);

const valueOf = <T>(reading: Reading<T>): T => {
  if (!reading.ok) throw new Error(reading.detail);
  return reading.value;
};

const listen = async (options: ListenOptions): Promise<number> => {
  const server = createServer().listen({ ...options, port: 0 });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

describe('a recorded machine', () => {
  const { inspect } = platformOf(recordedProc('dev-server'));

  it('has the lineage of several processes, each told once', async () => {
    const lineage = valueOf(await inspect.lineage([212, 213]));
    expect(lineage.map(({ pid }) => pid)).toEqual([212, 213, 211, 210, 200, 1]);
  });

  it('has the living leader of a session that is no ancestor', async () => {
    const proc = makeTempDir();
    addBootTime(proc);
    for (const pid of [1, 10, 11]) addProcess(proc, { pid, parentPid: pid === 1 ? 0 : 1 });
    const inSession = (leader: number) => `11 (node) S 1 11 ${leader} 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 11 0 0 0`;
    writeFileSync(join(proc, '11/stat'), inSession(10));
    expect(valueOf(await platformOf(proc).inspect.lineage([11])).map(({ pid }) => pid)).toEqual([11, 1, 10]);
    writeFileSync(join(proc, '11/stat'), inSession(9));
    expect(valueOf(await platformOf(proc).inspect.lineage([11])).map(({ pid }) => pid)).toEqual([11, 1]);
  });

  it('has the descendants of a process', async () => {
    expect(valueOf(await inspect.descendants([210])).map(({ pid }) => pid)).toEqual([211, 212, 213]);
  });

  it('has processes by their name or their command', async () => {
    const byName = valueOf(await inspect.named((name) => name === 'firefox'));
    const byCommand = valueOf(await inspect.named((_, command) => command.includes('--ping')));
    expect([...byName, ...byCommand].map(({ pid }) => pid)).toEqual([500, 213]);
  });

  it('leaves out who has vanished', async () => {
    expect(valueOf(await inspect.lineage([999]))).toEqual([]);
  });
});

describe('a machine without /proc', () => {
  it('is told as unreadable, and not as one where nothing runs', async () => {
    const { inspect } = platformOf('/nowhere');
    expect(await inspect.descendants([1])).toMatchObject({ ok: false, reason: 'tool-failed' });
    expect(await inspect.named(() => true)).toMatchObject({ ok: false, reason: 'tool-failed' });
  });
});

describe.runIf(process.platform === 'linux')('this machine', () => {
  const { inspect, control } = platformOf();

  it('has this very process, with its folder, its program and its parent', async () => {
    const [self] = valueOf(await inspect.lineage([process.pid]));
    expect(self).toMatchObject({
      pid: process.pid,
      parentPid: process.ppid,
      uid: process.getuid?.(),
      cwd: { path: realpathSync(process.cwd()), deleted: false },
      executable: { path: realpathSync(process.execPath), deleted: false },
      kernelThread: false,
    });
    expect(self?.environmentNames).toContain('PATH');
    expect(inspect.self()).toMatchObject({ pid: process.pid, uid: process.getuid?.() });
  });

  it('has one start for one process, whoever asks', async () => {
    const self = await inspect.identify(process.pid);
    expect(self?.startedAt).toBeGreaterThan(0);
    expect(await platformOf().inspect.identify(process.pid)).toMatchObject({ startedAt: self?.startedAt });
  });

  it('has the init process among the ancestors of this one', async () => {
    expect(valueOf(await inspect.lineage([process.pid])).map(({ parentPid }) => parentPid)).toContain(0);
  });

  it.each([
    ['127.0.0.1', { host: '127.0.0.1' }],
    ['::1', { host: '::1' }],
    ['::', {}],
    ['::', { host: '::', ipv6Only: true }],
    ['0.0.0.0', { host: '0.0.0.0' }],
  ])('has this process as the one holder of its listener on %s', async (address, options) => {
    const port = await listen(options);
    const self = await inspect.identify(process.pid);
    const held = [
      expect.objectContaining({
        address,
        port,
        state: 'listening',
        holders: [{ pid: process.pid, startedAt: self?.startedAt }],
      }),
    ];
    expect(valueOf(await inspect.port(port))).toMatchObject({ port, sockets: held, connections: 0 });
    expect(valueOf(await inspect.portListeners(port))).toEqual(held);
    expect(valueOf(await inspect.listeners())).toEqual(expect.arrayContaining(held));
  });

  it('has nobody on a free port', async () => {
    const port = await freePort();
    const { sockets, probes, connections } = valueOf(await inspect.port(port));
    expect({ sockets, connections }).toEqual({ sockets: [], connections: 0 });
    expect(probes.filter(({ outcome }) => outcome !== 'free' && outcome !== 'unavailable')).toEqual([]);
  });

  it('signals nobody who has the pid of another', async () => {
    expect(await control.signal({ pid: process.pid, startedAt: 1 }, 'SIGCONT')).toBe('another-process');
  });
});
