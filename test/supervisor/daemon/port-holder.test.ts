import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Inspector } from '../../../src/model/platform.ts';
import type { PortSocket } from '../../../src/model/port.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import type { BirthMark, PortBlock } from '../../../src/model/service.ts';
import { choosePlatform } from '../../../src/platform/choose.ts';
import { findHolder, portsNeeded } from '../../../src/supervisor/daemon/port-holder.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { aServiceRecord, aServiceSpec } from '../../helpers/a-service.ts';
import { aSocket, heldBy } from '../../helpers/a-snapshot.ts';
import { fakeHost } from '../../helpers/fake-platform.ts';
import { freePort } from '../../helpers/free-port.ts';

const NEEDS = aServiceRecord({ spec: aServiceSpec({ port: 3_000 }) });
const markOf = (pid: number): BirthMark => ({ pid, born: 1, boot: 'b' });

const look = (
  processes: readonly ProcessInfo[],
  sockets: readonly PortSocket[],
  own: readonly number[] = [],
  inspect: Partial<Inspector> = {},
): Promise<PortBlock | null> => findHolder(NEEDS, fakeHost(processes, sockets, { inspect }).platform, own.map(markOf));

describe('the ports that a service needs', () => {
  it.each([
    [{ port: 3_000 }, 0, [], [3_000]],
    [{ port: 3_000 }, 0, [5_000], [3_000]],
    [{ port: 3_000, incrementVariable: 'PORT' }, 2, [], [3_002]],
    [{}, 0, [], []],
    [{}, 0, [3_000, 9_229], [3_000, 9_229]],
    [{}, 0, [3_000, 32_767, 32_768, 45_000], [3_000, 32_767]],
  ] as const)('of %j, instance %i, that listened on %j are %j', (spec, instance, ports, needed) => {
    expect(portsNeeded(aServiceRecord({ spec: aServiceSpec(spec), instance, ports }))).toEqual(needed);
  });
});

describe('the look before a launch', () => {
  const redis = running('redis-server *:3000', { pid: 812, user: 'dev' });

  it('finds nobody on a free port, and does not look where no port is known', async () => {
    expect(await look([], [])).toBeNull();
    const host = fakeHost([redis], [heldBy([redis])]);
    expect(await findHolder(aServiceRecord(), host.platform, [])).toBeNull();
    expect(host.bound).toEqual([]);
  });

  it('names who holds it', async () => {
    expect(await look([redis], [heldBy([redis])])).toEqual({
      port: 3_000,
      pid: 812,
      holder: '812 redis-server *:3000 (user dev)',
    });
  });

  it('names what keeps the holder alive', async () => {
    const unit = running('nginx', {
      pid: 812,
      user: 'root',
      unit: { name: 'nginx.service', scope: 'system' },
      controlGroup: '/system.slice/nginx.service',
    });
    const block = await look([unit], [heldBy([unit])]);
    expect(block?.holder).toMatch(/^812 nginx \(systemd nginx\.service, user root\)$/);
  });

  it('is passed by the service’s own processes', async () => {
    expect(await look([redis], [heldBy([redis])], [812])).toBeNull();
  });

  it('is not passed where a stranger listens beside them, who is then named', async () => {
    const own = aProcess({ pid: 700 });
    for (const sockets of [[heldBy([own]), heldBy([redis])], [heldBy([own, redis])]]) {
      expect(await look([own, redis], sockets, [700])).toMatchObject({ pid: 812 });
    }
  });

  it('tells a holder that is hidden, or none that listens', async () => {
    expect(await look([], [aSocket({ user: 'postgres' })])).toEqual({
      port: 3_000,
      pid: null,
      holder: 'a process of postgres',
    });
    expect((await look([], [aSocket({ user: null })]))?.holder).toBe('a process that this user may not see');
  });

  it('names a holder by its number where it is gone meanwhile', async () => {
    expect(await look([], [heldBy([redis])])).toEqual({ port: 3_000, pid: 812, holder: '812' });
  });

  it('that fails lets the service try', async () => {
    const port: Inspector['port'] = () => Promise.resolve({ ok: false, reason: 'not-permitted', detail: 'x' } as never);
    expect(await look([redis], [heldBy([redis])], [], { port })).toBeNull();
  });

  it('finds the second of two learned ports', async () => {
    const record = aServiceRecord({ ports: [2_999, 3_000] });
    expect(await findHolder(record, fakeHost([redis], [heldBy([redis])]).platform, [])).toMatchObject({ port: 3_000 });
  });
});

it('a real port that a real process holds is found, and free once it is closed', async () => {
  const port = await freePort();
  const platform = await choosePlatform(process.env);
  const record = aServiceRecord({ spec: aServiceSpec({ port }) });
  expect(await findHolder(record, platform, [])).toBeNull();
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const block = await findHolder(record, platform, []);
  expect(block).toMatchObject({ port, pid: process.pid });
  expect(block?.holder).toContain(String(process.pid));
  expect(await findHolder(record, platform, [markOf(process.pid)])).toBeNull();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  expect(await findHolder(record, platform, [])).toBeNull();
});
