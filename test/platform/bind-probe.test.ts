import { once } from 'node:events';
import { createServer, type AddressInfo, type ListenOptions } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probeAddresses, probeWildcard } from '../../src/platform/bind-probe.ts';
import { freePort } from '../helpers/free-port.ts';
import { isRoot, skipWhen } from './skip-when.ts';

const listen = async (options: ListenOptions): Promise<number> => {
  const server = createServer().listen({ ...options, port: 0 });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const outcomes = async (port: number): Promise<Record<string, string>> =>
  Object.fromEntries((await probeAddresses(port)).map(({ address, outcome }) => [address, outcome]));

describe('probeAddresses', () => {
  it('finds a free port free on all four addresses, and leaves it so', async () => {
    const port = await freePort();
    const free = { '127.0.0.1': 'free', '::1': 'free', '0.0.0.0': 'free', '::': 'free' };
    expect(await outcomes(port)).toEqual(free);
    expect(await outcomes(port)).toEqual(free);
  });

  it.runIf(process.platform === 'linux').each([
    [{ host: '127.0.0.1' }, { '127.0.0.1': 'in-use', '::1': 'free', '0.0.0.0': 'in-use', '::': 'in-use' }],
    [{ host: '::1' }, { '127.0.0.1': 'free', '::1': 'in-use', '0.0.0.0': 'free', '::': 'in-use' }],
    [{ host: '0.0.0.0' }, { '127.0.0.1': 'in-use', '::1': 'free', '0.0.0.0': 'in-use', '::': 'in-use' }],
    [
      { host: '::', ipv6Only: true },
      { '127.0.0.1': 'free', '::1': 'in-use', '0.0.0.0': 'free', '::': 'in-use' },
    ],
    [{}, { '127.0.0.1': 'in-use', '::1': 'in-use', '0.0.0.0': 'in-use', '::': 'in-use' }],
  ])('of a listener with %j finds %j', async (options, expected) => {
    expect(await outcomes(await listen(options))).toEqual(expected);
  });

  it('says the code that the system gave', async () => {
    const probes = await probeAddresses(await listen({ host: '127.0.0.1' }));
    expect(probes[0]).toEqual({ address: '127.0.0.1', outcome: 'in-use', code: 'EADDRINUSE' });
  });

  it('finds a port of the system not permitted', async (context) => {
    skipWhen(context, isRoot(), 'root may bind every port');
    skipWhen(context, process.platform !== 'linux', 'other systems let everybody bind every port');
    expect(Object.values(await outcomes(1))).toContain('not-permitted');
  });
});

describe('probeWildcard', () => {
  it
    .runIf(process.platform === 'linux')
    .each([{ host: '127.0.0.1' }, { host: '::1' }, { host: '0.0.0.0' }, { host: '::', ipv6Only: true }, {}])(
    'sees a listener with %j in one bind',
    async (options) => {
      expect(await probeWildcard(await listen(options))).toMatchObject({ outcome: 'in-use', code: 'EADDRINUSE' });
    },
  );

  it('finds a free port free', async () => {
    expect(await probeWildcard(await freePort())).toMatchObject({ outcome: 'free', code: null });
  });
});
