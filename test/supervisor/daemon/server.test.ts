import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DevdoctorError } from '../../../src/model/error.ts';
import { startServer } from '../../../src/supervisor/daemon/server.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { aGreetedClient, aRawClient, aServer, expectServed, requestOf, type TestServer } from './a-server.ts';

const MEGABYTE = 1024 * 1024;

const connectionsOf = ({ server }: TestServer): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });

describe('the socket', () => {
  it.each([0o000, 0o022, 0o077])('is for this user alone, under umask %o', async (umask) => {
    const old = process.umask(umask);
    try {
      const { place } = await aServer();
      expect(statSync(place).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(old);
    }
  });

  it('that cannot be made is told by its path', async () => {
    const greeting = { token: 't', version: '1', pid: 1, startedAt: 0 };
    const { place } = await aServer();
    await expect(startServer(place, greeting, {} as never)).rejects.toThrow(`cannot listen on ${place}`);
    await expect(startServer('/nonesuch/x.sock', greeting, {} as never)).rejects.toThrow(DevdoctorError);
  });

  it('goes on after an error of its own, such as too many open files', async () => {
    const server = await aServer();
    for (let round = 0; round < 3; round += 1) server.server.emit('error', new Error('accept EMFILE'));
    await expectServed(server);
  });
});

describe('who greets', () => {
  it('is greeted, and told who answers', async () => {
    const { place, token } = await aServer();
    const client = await aRawClient(place);
    client.say(requestOf(7, 'hello', { protocol: 99, version: '0.0.1', token }));
    expect(await client.next()).toEqual({
      jsonrpc: '2.0',
      id: 7,
      result: { protocol: 1, version: '9.9.9', pid: 4_711, startedAt: 1_000 },
    });
  });

  it.each([
    ['with a wrong secret', (token: string) => requestOf(1, 'hello', { token: token.replace(/.$/, 'x') })],
    ['with half a secret', (token: string) => requestOf(1, 'hello', { token: token.slice(0, 20) })],
    ['with letters of several bytes', (token: string) => requestOf(1, 'hello', { token: 'ü'.repeat(token.length) })],
    ['without a secret', () => requestOf(1, 'hello', {})],
    ['with nothing', () => requestOf(1, 'hello', null)],
    ['with a number', () => requestOf(1, 'hello', { token: 5 })],
    ['not at all, but asks', () => requestOf(1, 'shutdown', { services: 'stop' })],
    ['not at all, but asks of what every object has', () => requestOf(1, 'constructor')],
  ])('%s is let go', async (_, text) => {
    let asked = 0;
    const server = await aServer({
      shutdown: () => {
        asked += 1;
        return { outcomes: [], notices: [] };
      },
    });
    const client = await aRawClient(server.place);
    client.say(text(server.token));
    expect(await client.next()).toEqual({ jsonrpc: '2.0', id: null, error: { code: -32_600, message: 'not allowed' } });
    await client.closed;
    expect(asked).toBe(0);
    await expectServed(server);
  });

  it('asks nothing in the same breath when the greeting was wrong', async () => {
    let asked = 0;
    const server = await aServer({
      ping: () => {
        asked += 1;
        return { pid: 1, version: '1', uptimeMs: 1 };
      },
    });
    const client = await aRawClient(server.place);
    client.say(requestOf(1, 'hello', { token: 'x' }) + requestOf(2, 'ping') + requestOf(3, 'ping'));
    await client.closed;
    expect(asked).toBe(0);
  });

  it('never is let go after a while, and one who did is not', { timeout: 20_000 }, async () => {
    const server = await aServer();
    const silent = await aRawClient(server.place);
    const half = await aRawClient(server.place);
    half.say('{"jsonrpc":"2.0","id":1,"meth');
    const greeted = await aGreetedClient(server);
    await Promise.all([silent.closed, half.closed]);
    greeted.say(requestOf(1, 'ping'));
    expect(await greeted.next()).toMatchObject({ id: 1 });
    expect(await connectionsOf(server)).toBe(1);
  });
});

describe('a request', () => {
  it('is answered by its number, whatever the order', async () => {
    const waits: (() => void)[] = [];
    const server = await aServer({
      details: ({ targets }) =>
        new Promise((resolve) => {
          waits.push(() => resolve({ services: [], asked: targets } as never));
        }),
    });
    const client = await aGreetedClient(server);
    for (let id = 1; id <= 50; id += 1) client.say(requestOf(id, 'details', { targets: [String(id)] }));
    await waitFor('all requests', () => waits.length === 50);
    client.say(requestOf(99, 'ping'));
    expect(await client.next()).toMatchObject({ id: 99 });
    for (const answer of waits.toReversed()) answer();
    for (let id = 50; id >= 1; id -= 1) {
      expect(await client.next()).toMatchObject({ id, result: { asked: [String(id)] } });
    }
  });

  it.each(['nonesuch', 'constructor', '__proto__', 'hasOwnProperty', 'hello', ''])(
    'of the name %j is told to be none, and the connection goes on',
    async (method) => {
      const client = await aGreetedClient(await aServer());
      client.say(requestOf(1, method));
      expect(await client.next()).toMatchObject({ id: 1, error: { code: -32_601 } });
      client.say(requestOf(2, 'ping'));
      expect(await client.next()).toMatchObject({ id: 2, result: { pid: 4_711 } });
    },
  );

  it('that fails says how, and what to type next', async () => {
    const kinds = {
      usage: 'usage',
      configuration: 'usage',
      environment: 'environment',
      'not-permitted': 'environment',
      cancelled: 'environment',
    } as const;
    for (const [code, kind] of Object.entries(kinds)) {
      const server = await aServer({
        save: () => {
          throw new DevdoctorError(code as keyof typeof kinds, 'it went wrong', 'devdoctor list');
        },
      });
      const client = await aGreetedClient(server);
      client.say(requestOf(1, 'save'));
      expect(await client.next()).toMatchObject({
        id: 1,
        error: { message: 'it went wrong', data: { kind, hint: 'devdoctor list' } },
      });
    }
  });

  it('that meets a fault of ours says so, now or later', async () => {
    const client = await aGreetedClient(
      await aServer({
        save: () => {
          throw new TypeError('x is not a function');
        },
        resurrect: () => Promise.reject(new Error('later')),
        samples: () => ({ samples: { a: 1n } }) as never,
      }),
    );
    client.say(requestOf(1, 'save'));
    expect(await client.next()).toMatchObject({
      id: 1,
      error: { message: 'x is not a function', data: { kind: 'fault' } },
    });
    client.say(requestOf(2, 'resurrect'));
    expect(await client.next()).toMatchObject({ id: 2, error: { message: 'later', data: { kind: 'fault' } } });
    client.say(requestOf(3, 'samples'));
    expect(await client.next()).toMatchObject({ id: 3, error: { data: { kind: 'fault' } } });
  });

  it('of somebody who goes before the answer is carried out all the same', async () => {
    let finish = (): void => {};
    let isDone = false;
    const server = await aServer({
      save: () =>
        new Promise((resolve) => {
          finish = () => {
            isDone = true;
            resolve({ file: 'x', count: 1 });
          };
        }),
    });
    const client = await aGreetedClient(server);
    client.say(requestOf(1, 'save'));
    client.say(requestOf(2, 'ping'));
    await client.next();
    client.socket.destroy();
    await waitFor('the connection to be gone', async () => (await connectionsOf(server)) === 0);
    finish();
    expect(isDone).toBe(true);
    await expectServed(server);
  });

  it('of 8 MB is taken', async () => {
    const client = await aGreetedClient(
      await aServer({ details: ({ targets }) => ({ services: [], length: targets?.[0]?.length }) as never }),
    );
    client.say(requestOf(1, 'details', { targets: ['x'.repeat(8 * MEGABYTE)] }));
    expect(await client.next()).toMatchObject({ id: 1, result: { length: 8 * MEGABYTE } });
  });
});
