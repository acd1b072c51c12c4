import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type ListenOptions } from 'node:net';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import type { Reading } from '../../../src/model/snapshot.ts';
import { createPortableInspector } from '../../../src/platform/packages/portable-inspector.ts';
import { freePort } from '../../helpers/free-port.ts';
import { startProgram } from '../../helpers/start-program.ts';
import { skipWhen } from '../skip-when.ts';

const PATIENCE = { timeout: 60_000 };

const withoutLsof =
  process.platform === 'win32' || spawnSync('lsof', ['-v']).error !== undefined
    ? 'there is no lsof here, which is what confirms a socket'
    : null;

const needLsof = (context: TestContext): void => skipWhen(context, withoutLsof !== null, withoutLsof ?? '');

const valueOf = <T>(reading: Reading<T>): T => {
  if (!reading.ok) throw new Error(reading.detail);
  return reading.value;
};

const listen = async (options: ListenOptions): Promise<number> => {
  const server = createServer((socket) => socket.on('error', () => socket.destroy())).listen({ ...options, port: 0 });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

describe('a real listener, looked at through packages', PATIENCE, () => {
  it.for<[string, ListenOptions]>([
    ['127.0.0.1', { host: '127.0.0.1' }],
    ['::1', { host: '::1' }],
    ['*', { host: '::', ipv6Only: true }],
    ['*', { host: '0.0.0.0' }],
  ])('on %s (%j) has this process as its one holder', async ([address, options], context) => {
    needLsof(context);
    const inspect = createPortableInspector(false);
    const port = await listen(options);
    const self = await inspect.identify(process.pid);
    const { sockets, blindSpots } = valueOf(await inspect.port(port));
    expect(sockets).toEqual([
      expect.objectContaining({
        address,
        port,
        state: 'listening',
        remote: null,
        holders: [{ pid: process.pid, startedAt: self?.startedAt }],
      }),
    ]);
    expect(blindSpots).toEqual([]);
  });

  it('is told apart from the programs that talk to it', async (context) => {
    needLsof(context);
    const inspect = createPortableInspector(false);
    const port = await listen({ host: '127.0.0.1' });
    const client = await startProgram('connect.mjs', '127.0.0.1', port);
    const { sockets, connections } = valueOf(await inspect.port(port));
    expect(sockets.map(({ state }) => state).sort()).toEqual(['connected', 'listening']);
    expect(sockets.flatMap(({ holders }) => holders.map(({ pid }) => pid))).not.toContain(client.pid);
    expect(connections).toBe(1);
    expect(valueOf(await inspect.portListeners(port)).map(({ state }) => state)).toEqual(['listening']);
  });

  it('is among all listeners, and the connection of its client is not', async (context) => {
    needLsof(context);
    const port = await listen({ host: '127.0.0.1' });
    await startProgram('connect.mjs', '127.0.0.1', port);
    const all = valueOf(await createPortableInspector(false).listeners());
    expect(all.filter((socket) => socket.port === port).map(({ state }) => state)).toEqual(['listening']);
    expect(all.every(({ state }) => state === 'listening')).toBe(true);
  });
});

describe('a free port, looked at through packages', PATIENCE, () => {
  it('has no sockets and asks no tool for them', async () => {
    const occupancy = valueOf(await createPortableInspector(false).port(await freePort()));
    expect(occupancy).toMatchObject({ sockets: [], connections: 0, blindSpots: [] });
  });
});

describe('processes, looked at through packages', PATIENCE, () => {
  const inspect = createPortableInspector(process.platform === 'win32');

  it('have the same start however often they are asked', async () => {
    const [first, second] = [await inspect.identify(process.pid), await inspect.identify(process.pid)];
    expect(first).toMatchObject({ pid: process.pid });
    expect(second).toEqual(first);
  });

  it('have their ancestors', async () => {
    const pids = valueOf(await inspect.lineage([process.pid])).map(({ pid }) => pid);
    expect(pids.slice(0, 2)).toEqual([process.pid, process.ppid]);
  });

  it('are among the descendants of their parents', async () => {
    const pids = valueOf(await inspect.descendants([process.ppid])).map(({ pid }) => pid);
    expect(pids).toContain(process.pid);
    expect(pids).not.toContain(process.ppid);
  });

  it('that ended are nobody', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(await inspect.identify(pid)).toBeNull();
  });
});
