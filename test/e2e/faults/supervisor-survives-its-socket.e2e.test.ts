import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bytesOf } from '../../helpers/processor-time.ts';
import { fixtureApp, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const MEGABYTE = 1_048_576;
/** The longest frame, what may wait for one who does not read, and the room that a program of Node takes for both. */
const MOST_GROWTH = 200 * MEGABYTE;

interface Peer {
  readonly socket: Socket;
  readonly got: () => string;
  readonly isClosed: () => boolean;
}

const peerOf = async ({ home }: Supervised): Promise<Peer> => {
  const socket = connect(readFileSync(join(home.folder, 'socket'), 'utf8').trim());
  onTestFinished(() => void socket.destroy());
  let text = '';
  let isClosed = false;
  socket.on('data', (part) => (text += part.toString('latin1')));
  // To be cut off is what these ask for.
  socket.on('error', () => {});
  socket.once('close', () => (isClosed = true));
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, got: () => text, isClosed: () => isClosed };
};

const request = (id: number, method: string, params: object): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

const greeted = async (it: Supervised): Promise<Peer> => {
  const peer = await peerOf(it);
  const token = readFileSync(it.home.token, 'utf8').trim();
  peer.socket.write(request(1, 'hello', { protocol: 1, version: '0', token }));
  await waitFor('a greeting', () => peer.got().includes('"id":1'));
  return peer;
};

const hasAnswer = (peer: Peer, id: number): boolean => peer.got().includes(`"id":${id}`);

describe('whoever comes to the socket', () => {
  test('and talks nonsense is let go, while others are served', async () => {
    const it = supervised();
    expect(await it.start([fixtureApp('api', 'service-http.mjs')])).toMatchObject({ code: 0 });
    const daemon = await it.answering();
    const { pid } = await it.row('api');

    const garbage = await peerOf(it);
    garbage.socket.write(Buffer.from([0, 1, 2, 255, 254, 10, 10, 13]));
    const stranger = await peerOf(it);
    stranger.socket.write(request(1, 'hello', { protocol: 1, version: '0', token: 'guessed' }));
    const hasty = await peerOf(it);
    hasty.socket.write(request(1, 'shutdown', { services: 'stop' }));
    for (const peer of [garbage, stranger, hasty]) await waitFor('its end', peer.isClosed);

    const half = await greeted(it);
    half.socket.write(request(2, 'list', {}).slice(0, 20));
    const odd = await greeted(it);
    odd.socket.write(request(3, 'no-such-thing', {}) + request(4, '__proto__', {}) + request(5, 'act', { verb: 7 }));
    for (const id of [3, 4, 5]) await waitFor('a refusal', () => hasAnswer(odd, id));
    odd.socket.write(request(6, 'list', {}));
    await waitFor('an answer', () => hasAnswer(odd, 6));
    half.socket.write(request(2, 'list', {}).slice(20));
    await waitFor('an answer to both halves', () => hasAnswer(half, 2));

    expect(await it.answering()).toBe(daemon);
    expect(await it.row('api')).toMatchObject({ pid, status: 'online' });
  });

  test('and sends a line without end, or reads nothing, costs a bounded amount of memory', async () => {
    const it = supervised();
    const env = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`V${index}`, 'x'.repeat(1_000)]));
    expect(await it.start([fixtureApp('api', 'service-http.mjs', { env })])).toMatchObject({ code: 0 });
    const daemon = await it.answering();
    const before = bytesOf(daemon, 'VmRSS');

    const endless = await greeted(it);
    for (let sent = 0; sent < 100 && !endless.isClosed(); sent += 1) {
      await new Promise((resolve) => endless.socket.write(Buffer.alloc(MEGABYTE, 'x'), resolve));
    }
    await waitFor('its end', endless.isClosed);

    const slow = await greeted(it);
    slow.socket.pause();
    for (let id = 2; id < 10_000; id += 1) slow.socket.write(request(id, 'details', { targets: null }));
    for (let round = 0; round < 5; round += 1) expect((await it.row('api')).status).toBe('online');
    slow.socket.resume();
    await waitFor('its end', slow.isClosed);
    expect(bytesOf(daemon, 'VmHWM') - before).toBeLessThan(MOST_GROWTH);
    expect(await it.answering()).toBe(daemon);
    expect(await it.row('api')).toMatchObject({ status: 'online', restarts: 0 });
  });
});
