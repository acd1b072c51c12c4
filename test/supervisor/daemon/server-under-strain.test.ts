import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../helpers/wait-for.ts';
import { aGreetedClient, aRawClient, aServer, expectServed, pour, requestOf } from './a-server.ts';

const MEGABYTE = 1024 * 1024;

describe('garbage', () => {
  it.each([
    ['a line of letters', 'hello there\n'],
    ['an empty line', '\n'],
    ['bytes that are no text', '\u0000\u0001\uFFFD\n'],
    ['a list', '[]\n'],
    ['null', 'null\n'],
    ['a number', '5\n'],
    ['a request without a number', '{"method":"ping"}\n'],
    ['a request without a name', '{"id":5}\n'],
    ['half a request', '{"id":5,"method":"pi\n'],
  ])('such as %s ends the connection, before and after the greeting', async (_, text) => {
    const server = await aServer();
    for (const client of [await aRawClient(server.place), await aGreetedClient(server)]) {
      client.say(text);
      expect(await client.next()).toMatchObject({ id: null, error: { message: 'not a request' } });
      await client.closed;
    }
    await expectServed(server);
  });

  it('without end is cut off at once before the greeting', async () => {
    const server = await aServer();
    const client = await aRawClient(server.place);
    expect(await pour(client, 100 * MEGABYTE)).toBeLessThan(2 * MEGABYTE);
    await client.closed;
    await expectServed(server);
  });

  it(
    'in one line without end is cut off after the greeting, with others served meanwhile',
    { timeout: 30_000 },
    async () => {
      const server = await aServer();
      const client = await aGreetedClient(server);
      const other = await aGreetedClient(server);
      const pouring = pour(client, 100 * MEGABYTE);
      for (let id = 1; id <= 20; id += 1) {
        other.say(requestOf(id, 'ping'));
        expect(await other.next()).toMatchObject({ id });
      }
      expect(await pouring).toBeLessThan(40 * MEGABYTE);
      await client.closed;
      await expectServed(server);
    },
  );
});

describe('who reads nothing', () => {
  it('while answers pile up is let go, with others served', { timeout: 60_000 }, async () => {
    const text = 'x'.repeat(4 * MEGABYTE);
    const server = await aServer({ save: () => ({ file: text, count: 0 }) });
    const connected = once(server.server, 'connection');
    const slow = await aGreetedClient(server);
    const [socket] = (await connected) as [Socket];
    slow.socket.pause();
    let asked = 0;
    while (!socket.destroyed && asked < 60) {
      asked += 1;
      slow.say(requestOf(asked, 'save'));
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      expect(socket.writableLength).toBeLessThan(72 * MEGABYTE);
    }
    await waitFor('the connection to be cut', () => socket.destroyed);
    expect(asked * 4).toBeGreaterThan(60);
    await expectServed(server);
  });

  it('for a moment gets all of it later', async () => {
    const text = 'x'.repeat(MEGABYTE);
    const server = await aServer({ save: () => ({ file: text, count: 0 }) });
    const client = await aGreetedClient(server);
    client.socket.pause();
    for (let id = 1; id <= 10; id += 1) client.say(requestOf(id, 'save'));
    client.socket.resume();
    for (let id = 1; id <= 10; id += 1) expect(await client.next()).toMatchObject({ id, result: { count: 0 } });
  });
});
