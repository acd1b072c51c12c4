import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PortOccupancy } from '../../src/model/port.ts';
import { createLinuxPlatform } from '../../src/platform/linux/index.ts';
import { readPorts } from '../../src/probes/ports.ts';
import { freePort } from '../helpers/free-port.ts';

const nothing = { victimsOfPort: () => Promise.resolve([]), killByPort: () => Promise.resolve() };

const look = async (port: number): Promise<PortOccupancy | undefined> => {
  const reading = await readPorts([port], createLinuxPlatform(nothing));
  return reading.ok ? reading.value[0] : undefined;
};

const connectTo = async (server: Server): Promise<Socket> => {
  const accepted = once(server, 'connection');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [peer] = (await accepted) as [Socket];
  onTestFinished(() => [client, peer].forEach((socket) => socket.destroy()));
  return client;
};

/** A port that a client of this process has as its own end, and no server. */
const clientPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (await connectTo(server)).localPort ?? 0;
};

describe.runIf(process.platform === 'linux')('a look at a real port', () => {
  it('costs a free one a single bind and no look at the tables', async () => {
    const port = await freePort();
    expect(await look(port)).toMatchObject({ probes: [{ outcome: 'free' }], sockets: [], ephemeralRange: null });
  });

  it('calls a port free whose server has gone, though its old connections live on', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await connectTo(server);
    server.close();
    expect(await look(port)).toMatchObject({ probes: [{ outcome: 'free' }], sockets: [] });
  });

  it('costs a listener a single bind, for its socket says which address it has', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const occupancy = await look((server.address() as AddressInfo).port);
    expect(occupancy?.probes).toHaveLength(1);
    expect(occupancy?.sockets).toMatchObject([
      { address: '127.0.0.1', state: 'listening', holders: [{ pid: process.pid }] },
    ]);
  });

  it('tries each address of one that nobody listens on, to say which of them is blocked', async () => {
    const occupancy = await look(await clientPort());
    expect(occupancy?.probes.map(({ address }) => address)).toEqual(['127.0.0.1', '::1', '0.0.0.0', '::']);
    expect(occupancy?.probes[0]).toMatchObject({ outcome: 'in-use', code: 'EADDRINUSE' });
    expect(occupancy?.sockets).toMatchObject([{ state: 'connected', holders: [{ pid: process.pid }] }]);
  });
});
