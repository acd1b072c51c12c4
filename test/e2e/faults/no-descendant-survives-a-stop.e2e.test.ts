import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { ask } from '../../helpers/http-load.ts';
import { fixtureApp, isAlive, supervised, type App, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const KINDS = ['attached', 'detached', 'forked twice', 'without an environment', 'deaf', 'below two shells'] as const;
const KILL_TIMEOUT_MS = 600;
const STARTED = { listen_timeout: 20_000, kill_timeout: KILL_TIMEOUT_MS };

interface Family {
  readonly name: string;
  readonly id: number;
  readonly port: number;
  readonly main: number;
  readonly listener: number;
  readonly pids: readonly number[];
}

const listenerOn = async (port: number): Promise<number> => (JSON.parse(await ask(port)) as { pid: number }).pid;

const apps = async (): Promise<readonly App[]> => {
  const made = KINDS.map(async (kind) =>
    fixtureApp(kind.replaceAll(' ', '-'), 'service-descendants.mjs', {
      env: { KIND: kind, PORT: await freePort() },
      ...STARTED,
    }),
  );
  const waiting: App = {
    name: 'waiting-shell',
    script: '/bin/sh',
    interpreter: 'none',
    args: ['-c', '"$NODE" "$SERVER" & wait'],
    env: {
      NODE: process.execPath,
      SERVER: fixtureApp('', 'service-http.mjs')['script'],
      PORT: await freePort(),
    },
    ...STARTED,
  };
  const all = [...(await Promise.all(made)), waiting];
  return all.map((app) => {
    const env = app['env'] as Readonly<Record<string, unknown>>;
    return { ...app, env: { ...env, LISTEN: env['PORT'] } };
  });
};

const families = async (it: Supervised): Promise<readonly Family[]> => {
  const rows = await it.show();
  return Promise.all(
    rows.map(async ({ id, name, pid, spec, pids }) => {
      const port = spec.port ?? 0;
      const listener = await listenerOn(port);
      return { id, name, port, main: pid ?? 0, listener, pids: [...new Set([...pids, ...it.marked(id), listener])] };
    }),
  );
};

const expectAllGone = async (before: readonly Family[]): Promise<void> => {
  for (const { name, port, pids } of before) {
    expect(pids.filter(isAlive), name).toEqual([]);
    await expect(ask(port), name).rejects.toThrow('ECONNREFUSED');
  }
};

/** Each listens again, with another process, and nothing of what was there lives. */
const expectAllAnew = async (it: Supervised, before: readonly Family[]): Promise<void> => {
  const after = await families(it);
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  for (const [index, { name, main, listener, pids }] of before.entries()) {
    expect(pids.filter(isAlive), name).toEqual([]);
    expect(after[index]?.main, name).not.toBe(main);
    expect(after[index]?.listener, name).not.toBe(listener);
  }
};

describe('whatever a service started, however it went away,', () => {
  const begin = async (): Promise<readonly [Supervised, readonly Family[]]> => {
    const it = supervised();
    expect(await it.start(await apps())).toMatchObject({ code: 0 });
    const all = await families(it);
    expect(all).toHaveLength(KINDS.length + 1);
    for (const { main, listener } of all) expect(main).not.toBe(listener);
    return [it, all];
  };

  test('is gone after a stop, anew after a restart, and gone after a delete', async () => {
    const [it, first] = await begin();
    expect(await it.run(['restart', 'all'])).toMatchObject({ code: 0 });
    await expectAllAnew(it, first);
    const second = await families(it);
    expect(await it.run(['stop', 'all'])).toMatchObject({ code: 0 });
    await expectAllGone(second);
    expect(await it.run(['start', 'all'])).toMatchObject({ code: 0 });
    const third = await families(it);
    expect(await it.run(['delete', 'all'])).toMatchObject({ code: 0 });
    await expectAllGone(third);
    expect(it.marked()).toEqual([]);
    expect((await it.list()).services).toEqual([]);
  });

  test.each(['SIGUSR2', 'SIGKILL'] as const)(
    'is gone before the next start when the service dies of %s',
    async (signal) => {
      const [it, before] = await begin();
      for (const { main } of before) process.kill(main, signal);
      await waitFor('the restart of all', async () =>
        (await it.list()).services.every(({ status, restarts }) => status === 'online' && restarts > 0),
      );
      await expectAllAnew(it, before);
      // Nobody met a port that was still held.
      expect((await it.list()).services.map(({ restarts }) => restarts)).toEqual(before.map(() => 1));
      const after = await families(it);
      expect(await it.run(['delete', 'all'])).toMatchObject({ code: 0 });
      await expectAllGone(after);
    },
  );
});

describe('ten services that do not listen to SIGINT', () => {
  test('are stopped at once, not one after the other', async () => {
    const it = supervised();
    const notes = join(it.folder, 'notes');
    const names = Array.from({ length: 10 }, (_, index) => `s${index}`);
    const deaf = (name: string): App =>
      fixtureApp(name, 'service-notes.mjs', {
        env: { NAME: name, NOTES: notes, IGNORED: 'SIGINT,SIGTERM' },
        kill_timeout: 1_500,
        wait_ready: true,
        listen_timeout: 20_000,
      });
    expect(await it.start(names.map(deaf))).toMatchObject({ code: 0 });
    const pids = (await it.list()).services.map(({ pid }) => pid ?? 0);
    expect(await it.run(['stop', 'all'])).toMatchObject({ code: 0 });
    expect(pids.filter(isAlive)).toEqual([]);
    const told = readFileSync(notes, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[1]);
    // The first is asked again only after the last was asked once.
    expect(told.filter((word) => word !== 'started')).toEqual([
      ...names.map(() => 'SIGINT'),
      ...names.map(() => 'SIGTERM'),
    ]);
  });
});

describe('the dead that a service does not bury', () => {
  test('are not counted as alive', async () => {
    const it = supervised();
    const app = {
      name: 'careless',
      script: '/bin/sh',
      interpreter: 'none',
      args: ['-c', 'true & true & exec sleep 600'],
      min_uptime: 100,
    };
    expect(await it.start([app])).toMatchObject({ code: 0 });
    const [service] = await it.show('careless');
    const children = readFileSync(`/proc/${service?.pid}/task/${service?.pid}/children`, 'utf8').trim().split(' ');
    expect(children).toHaveLength(2);
    expect(children.map(Number).some(isAlive)).toBe(false);
    expect(service?.pids).toEqual([service?.pid]);
    expect(await it.run(['stop', 'careless'])).toMatchObject({ code: 0 });
    expect(it.marked()).toEqual([]);
  });
});

describe('memory above the limit in a process below', () => {
  test('restarts the service, politely, and is told', async () => {
    const it = supervised();
    const app = fixtureApp('greedy', 'service-memory.mjs', {
      env: { MEGABYTES: 200, ENOUGH: join(it.folder, 'enough'), PIDS: join(it.folder, 'pids') },
      max_memory_restart: '150M',
      min_uptime: 100,
    });
    expect(await it.start([app])).toMatchObject({ code: 0 });
    const row = await waitFor('its restart', async () => {
      const now = await it.row('greedy');
      return now.restarts > 0 && now.status === 'online' && now;
    });
    expect(row).toMatchObject({ restarts: 1, lastExit: { code: 0, rootCause: 'PM2_MEMORY_LIMIT' } });
    const below = readFileSync(join(it.folder, 'pids'), 'utf8').trim().split('\n').map(Number);
    expect(below).toHaveLength(2);
    expect(below.filter(isAlive)).toEqual([]);
    const { stdout } = await it.run(['logs', 'greedy', '--nostream', '--raw']);
    expect(stdout.trim().split('\n')).toEqual(['started', 'got SIGINT', 'started']);
  });
});
