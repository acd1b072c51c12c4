import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { startProgram, type Program } from '../../helpers/start-program.ts';

/** A port and the program that was started on it. */
export interface Held {
  readonly port: number;
  readonly program: Program;
}

/** A program that listens on a free port. */
export const startListener = async (): Promise<Held> => {
  const port = await freePort();
  return { port, program: await startProgram('listen.mjs', port, '127.0.0.1') };
};

/** Two programs on one port, one for each family. */
export const startPair = async (): Promise<number> => {
  const { port } = await startListener();
  await startProgram('listen.mjs', port, '::1', 'v6only');
  return port;
};

const listen = async (port: number): Promise<Server> => {
  const server = createServer({ allowHalfOpen: true });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return server;
};

/** This process itself listens on a port, so that every command it runs is run inside the holder. */
export const listenHere = async (): Promise<number> => {
  const port = await freePort();
  await listen(port);
  return port;
};

/** The kernel picks the client's own port: only such a port blocks a bind, as no one allowed it to be shared. */
const acceptOne = async (server: Server): Promise<readonly [client: Socket, accepted: Socket]> => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const arrival = once(server, 'connection');
  const client = connect({ host: '127.0.0.1', port: address.port });
  const [accepted] = (await arrival) as [Socket];
  for (const socket of [client, accepted]) {
    socket.on('error', () => {});
    onTestFinished(() => {
      socket.destroy();
    });
  }
  return [client, accepted];
};

const ownPort = ({ localPort }: Socket): number => {
  if (localPort === undefined) throw new Error('the client has no port of its own');
  return localPort;
};

/** A port that a client of this process has as its own end; nobody listens on it. */
export const connectFrom = async (): Promise<number> => {
  const [client] = await acceptOne(await listen(0));
  return ownPort(client);
};

/** A port that a client had a moment ago; the kernel keeps it for a while. */
export const leaveTimeWait = async (): Promise<number> => {
  const [client, accepted] = await acceptOne(await listen(0));
  const port = ownPort(client);
  const closed = [once(client, 'close'), once(accepted, 'close')];
  client.resume();
  accepted.resume();
  accepted.on('end', () => accepted.end());
  client.end();
  await Promise.all(closed);
  return port;
};

/** Ends a process that a command of the test has started, and nothing else. */
export const endLater = (pid: number): void => {
  onTestFinished(() => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
  });
};
