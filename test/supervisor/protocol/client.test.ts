import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DevdoctorError } from '../../../src/model/error.ts';
import { connect } from '../../../src/supervisor/client/connect.ts';
import type { Supervisor } from '../../../src/supervisor/client/supervisor.ts';
import { ensureToken } from '../../../src/supervisor/protocol/handshake.ts';
import type { Home } from '../../../src/supervisor/state/home.ts';
import { findHome, openHome } from '../../../src/supervisor/state/open-home.ts';
import { chooseSocketPlace } from '../../../src/supervisor/state/socket-place.ts';
import { ROOT } from '../../helpers/paths.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';
import { aServer } from '../daemon/a-server.ts';

const UID = process.getuid?.() ?? null;

const connected = async (home: Home): Promise<Supervisor> => {
  const supervisor = await connect(home, ROOT);
  if (supervisor === null) throw new Error('nobody listens');
  onTestFinished(() => supervisor.close());
  return supervisor;
};

/** A server that says what the test wants instead of what is right. */
const anImpostor = async (say: (socket: Socket, request: { readonly id: number }) => void): Promise<Home> => {
  const home = openHome(makeTempDir(), UID);
  ensureToken(home);
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const lines = chunk.toString('utf8').split('\n').slice(0, -1);
      for (const line of lines) say(socket, JSON.parse(line) as { id: number });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(chooseSocketPlace(home), resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return home;
};

const greetThen =
  (say: (socket: Socket, id: number) => void): Parameters<typeof anImpostor>[0] =>
  (socket, { id }) => {
    if (id > 1) return say(socket, id);
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: { protocol: 1, version: '1', pid: 1 } })}\n`);
  };

const errorOf = async (promise: Promise<unknown>): Promise<DevdoctorError> => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof DevdoctorError) return error;
  throw new Error(`no error that tells a person what to do: ${String(error)}`);
};

describe('a command', () => {
  it('finds the daemon of its home, and is answered', async () => {
    const { home } = await aServer();
    const supervisor = await connected(home);
    expect(supervisor).toMatchObject({ daemonVersion: '9.9.9', daemonPid: 4_711, daemonProtocol: 1 });
    expect(await supervisor.request('ping', {})).toEqual({ pid: 4_711, version: '9.9.9', uptimeMs: 5 });
  });

  it('finds it where the path of the home is too long for a socket', async () => {
    const folder = join(makeTempDir(), 'x'.repeat(120), 'ü'.repeat(40));
    const { home, place } = await aServer({}, folder);
    expect(dirname(place)).not.toBe(home.folder);
    expect((await connected(home)).daemonPid).toBe(4_711);
  });

  it('finds it however the home is reached', async () => {
    const folder = makeTempDir();
    const real = join(folder, 'real');
    mkdirSync(real);
    symlinkSync(real, join(folder, 'link'));
    await aServer({}, join(folder, 'link'));
    const home = findHome(real);
    expect(home === null ? null : (await connected(home)).daemonPid).toBe(4_711);
  });

  it('gets each of many answers to its own question', async () => {
    const { home } = await aServer({
      details: async ({ targets }) => {
        await new Promise((resolve) => {
          setTimeout(resolve, Number(targets?.[0]) % 7);
        });
        return { services: [], asked: targets } as never;
      },
    });
    const supervisor = await connected(home);
    const asked = Array.from({ length: 100 }, (_, index) => [String(index)]);
    const answers = await Promise.all(asked.map((targets) => supervisor.request('details', { targets })));
    expect(answers.map((answer) => (answer as unknown as { asked: string[] }).asked)).toEqual(asked);
  });

  it.each([
    ['usage', 'usage'],
    ['configuration', 'usage'],
    ['environment', 'environment'],
    ['not-permitted', 'environment'],
  ] as const)('is told a mistake of the kind %s with what to type next', async (code, told) => {
    const { home } = await aServer({
      save: () => {
        throw new DevdoctorError(code, 'there is no service "x"', 'devdoctor list');
      },
    });
    const supervisor = await connected(home);
    expect(await errorOf(supervisor.request('save', {}))).toMatchObject({
      code: told,
      message: 'there is no service "x"',
      hint: 'devdoctor list',
    });
    expect(await supervisor.request('ping', {})).toMatchObject({ pid: 4_711 });
  });

  it('is told a fault of the daemon as such', async () => {
    const { home } = await aServer({
      save: () => {
        throw new TypeError('x is not a function');
      },
    });
    expect(await errorOf((await connected(home)).request('save', {}))).toMatchObject({
      code: 'environment',
      message: 'the supervisor failed: x is not a function',
    });
  });
});

describe('without a daemon', () => {
  it('there is none to talk to', async () => {
    const home = openHome(makeTempDir(), UID);
    expect(await connect(home, ROOT)).toBeNull();
    ensureToken(home);
    expect(await connect(home, ROOT)).toBeNull();
    writeFileSync(chooseSocketPlace(home), 'no socket');
    expect(await connect(home, ROOT)).toBeNull();
  });

  it('whose socket still lies there, there is none to talk to', async () => {
    const { home, place, server } = await aServer();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    writeFileSync(place, '');
    expect(await connect(home, ROOT)).toBeNull();
  });
});

describe('a daemon that', () => {
  it('knows another secret is told, not waited for', async () => {
    const { home } = await aServer();
    writeFileSync(home.token, `${'0'.repeat(48)}\n`);
    expect((await errorOf(connect(home, ROOT))).message).toBe('the supervisor failed: not allowed');
  });

  it('goes away while it is asked says that services go on', async () => {
    const supervisor = await connected(await anImpostor(greetThen((socket) => socket.destroy())));
    const [one, two] = [supervisor.request('list', {}), supervisor.request('ping', {})];
    expect((await errorOf(one)).message).toContain('went away before it answered; services go on without it');
    expect((await errorOf(two)).message).toContain('went away');
    expect((await errorOf(supervisor.request('ping', {}))).message).toContain('went away');
  });

  it.each([
    ['no JSON', 'hello\n'],
    ['null', 'null\n'],
    ['a number', '5\n'],
    ['bytes that are no text', '\u0000\uFFFD\n'],
  ])('answers with %s is given up', async (_, text) => {
    const supervisor = await connected(await anImpostor(greetThen((socket) => void socket.write(text))));
    expect((await errorOf(supervisor.request('list', {}))).message).toContain('gave an answer that cannot be read');
  });

  it('never ends its answer is given up, in bounded memory', { timeout: 30_000 }, async () => {
    const chunk = 'x'.repeat(1024 * 1024);
    let written = 0;
    const supervisor = await connected(
      await anImpostor(
        greetThen((socket) => {
          const more = (): void => {
            written += chunk.length;
            if (written < 200 * chunk.length && !socket.destroyed) socket.write(chunk, more);
          };
          more();
        }),
      ),
    );
    expect((await errorOf(supervisor.request('list', {}))).message).toContain('gave an answer that cannot be read');
    expect(written).toBeLessThan(60 * chunk.length);
  });

  it('says nothing is given up after a while', { timeout: 20_000 }, async () => {
    const error = await errorOf(connect(await anImpostor(() => {}), ROOT));
    expect(error.message).toBe('the supervisor does not answer within 5 s; it may be suspended');
    expect(error.hint).toMatch(/^cat .*devdoctord\.log$/);
  });

  it('answers what nobody asked is not believed', async () => {
    const home = await anImpostor(
      greetThen((socket, id) => {
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 999, result: { pid: 6 } })}\n`);
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: { pid: 7 } })}\n`);
      }),
    );
    expect(await (await connected(home)).request('ping', {})).toEqual({ pid: 7 });
  });
});
