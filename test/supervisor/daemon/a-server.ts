import { once } from 'node:events';
import { connect as connectTo, type Server, type Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { DevdoctorError } from '../../../src/model/error.ts';
import { startServer, type Handlers } from '../../../src/supervisor/daemon/server.ts';
import { ensureToken } from '../../../src/supervisor/protocol/handshake.ts';
import { openHome } from '../../../src/supervisor/state/open-home.ts';
import type { Home } from '../../../src/supervisor/state/home.ts';
import { chooseSocketPlace, removeSocket } from '../../../src/supervisor/state/socket-place.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const UID = process.getuid?.() ?? null;

const unexpected = (): never => {
  throw new DevdoctorError('usage', 'this test asks for nothing of the kind');
};

const HANDLERS: Handlers = {
  ping: () => ({ pid: 4_711, version: '9.9.9', uptimeMs: 5 }),
  list: () => ({ services: [], notices: [] }),
  details: unexpected,
  apply: unexpected,
  act: unexpected,
  scale: unexpected,
  signal: unexpected,
  flush: unexpected,
  save: unexpected,
  resurrect: unexpected,
  samples: unexpected,
  shutdown: unexpected,
};

/** A server of a home that listens. */
export interface TestServer {
  readonly home: Home;
  readonly place: string;
  readonly token: string;
  readonly server: Server;
}

/** Listens as the daemon of a home does; ends with the test. Only `handlers` answer otherwise than all tests want it. */
export const aServer = async (
  handlers: Partial<Handlers> = {},
  folder: string = makeTempDir(),
): Promise<TestServer> => {
  const home = openHome(folder, UID);
  const token = ensureToken(home);
  const place = chooseSocketPlace(home);
  const greeting = { token, version: '9.9.9', pid: 4_711, startedAt: 1_000 };
  const server = await startServer(place, greeting, { ...HANDLERS, ...handlers });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    removeSocket(home, UID);
  });
  return { home, place, token, server };
};

/** A connection on which a test says what it likes. */
export interface RawClient {
  readonly socket: Socket;
  readonly say: (text: string) => void;
  /** The next message; rejects when the other side closes instead. */
  readonly next: () => Promise<unknown>;
  readonly closed: Promise<void>;
}

/** Connects without a word. */
export const aRawClient = async (place: string): Promise<RawClient> => {
  const socket = connectTo(place);
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  const lines: string[] = [];
  let rest = '';
  let wake = (): void => {};
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      wake();
      resolve();
    });
  });
  socket.on('error', () => {
    // A connection that is cut off: told by its end.
  });
  socket.on('data', (chunk) => {
    const parts = (rest + chunk.toString('utf8')).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  return {
    socket,
    closed,
    say: (text) => void socket.write(text),
    next: async () => {
      while (lines.length === 0 && !socket.closed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const line = lines.shift();
      if (line === undefined) throw new Error('the connection was closed');
      return JSON.parse(line) as unknown;
    },
  };
};

/** The text of one request. */
export const requestOf = (id: number, method: string, params: unknown = {}): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

/** Connects and greets. */
export const aGreetedClient = async ({ place, token }: TestServer): Promise<RawClient> => {
  const client = await aRawClient(place);
  client.say(requestOf(0, 'hello', { protocol: 1, version: '1', token }));
  await client.next();
  return client;
};

/** Sends bytes as fast as they are taken; how many were when the other side closed, or all of them. */
export const pour = async ({ socket }: RawClient, total: number): Promise<number> => {
  const chunk = Buffer.alloc(65_536, 'x');
  let sent = 0;
  while (sent < total && socket.writable) {
    sent += chunk.length;
    await new Promise((resolve) => {
      socket.write(chunk, resolve);
    });
  }
  return sent;
};

/** Is a new connection answered as if nothing had been? */
export const expectServed = async (server: TestServer): Promise<void> => {
  const client = await aGreetedClient(server);
  client.say(requestOf(1, 'ping'));
  expect(await client.next()).toMatchObject({ id: 1, result: { pid: 4_711 } });
  client.socket.destroy();
};
