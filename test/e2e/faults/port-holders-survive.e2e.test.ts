import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { ask } from '../../helpers/http-load.ts';
import { startProgram } from '../../helpers/start-program.ts';
import { fixtureApp, supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

describe('a port that another program holds', () => {
  test('blocks the service, which tells who it is, burns no restarts, and starts once the port is free', async () => {
    const it = supervised();
    const port = await freePort();
    const holder = await startProgram('listen.mjs', port);
    const app = fixtureApp('api', 'service-http.mjs', { env: { PORT: port, LISTEN: port } });
    const { code, stdout } = await it.start([app]);
    expect(code).toBe(4);
    expect(stdout).toContain(`api is blocked: port ${port} is held by ${holder.pid} `);
    expect(stdout).toContain('listen.mjs');
    expect(stdout).toContain(`devdoctor fix --port ${port}`);
    const row = await it.row('api');
    expect(row).toMatchObject({ status: 'blocked', pid: null, restarts: 0, unstableRestarts: 0, lastExit: null });
    expect(row.blockedBy).toMatchObject({ port, pid: holder.pid });
    expect(row.blockedBy?.holder).toContain('listen.mjs');
    expect(it.marked(row.id)).toEqual([]);
    expect((await it.run(['list'])).stdout).toContain('blocked');
    expect((await it.run(['show', 'api'])).stdout).toContain(`port ${port} is held by ${holder.pid} `);
    expect(await ask(port)).toBe(String(holder.pid));

    holder.child.kill();
    await waitFor('its start', async () => (await it.row('api')).status === 'online');
    expect(await it.row('api')).toMatchObject({ restarts: 0, blockedBy: null, ports: [port] });
  });

  test('is known from the last run where the configuration names none', async () => {
    const it = supervised();
    const port = await freePort();
    const app = fixtureApp('api', 'service-http.mjs', { env: { LISTEN: port } });
    expect(await it.start([app])).toMatchObject({ code: 0 });
    expect(await it.row('api')).toMatchObject({ ports: [port] });
    expect(await it.run(['stop', 'api'])).toMatchObject({ code: 0 });
    const holder = await startProgram('listen.mjs', port);
    const { code, stdout } = await it.run(['start', 'api']);
    expect(code).toBe(4);
    expect(stdout).toContain(`port ${port} is held by ${holder.pid} `);
    expect(await it.row('api')).toMatchObject({ status: 'blocked', restarts: 0 });
    expect(await it.run(['stop', 'api'])).toMatchObject({ code: 0 });
    expect(await it.row('api')).toMatchObject({ status: 'stopped', blockedBy: null });
    expect(holder.isAlive()).toBe(true);
  });

  test('is told by its error when it was taken between the look and the use', async () => {
    const it = supervised();
    const port = await freePort();
    const go = join(it.folder, 'go');
    const env = { PORT: port, GO: go };
    const start = it.start([fixtureApp('api', 'service-late-listen.mjs', { env, listen_timeout: 20_000 })]);
    await waitFor('the service', async () => (await it.list()).services.some(({ pid }) => pid !== null));
    const holder = await startProgram('listen.mjs', port);
    writeFileSync(go, '');
    const { code, stdout } = await start;
    expect(code).toBe(4);
    expect(stdout).toContain(`is held by ${holder.pid} `);
    const row = await waitFor('the block', async () => {
      const now = await it.row('api');
      return now.status === 'blocked' && now;
    });
    expect(row).toMatchObject({ restarts: 1, lastExit: { code: 1, rootCause: 'EADDRINUSE' } });
    expect(row.lastExit?.detail).toMatchObject({ port: String(port) });
    expect(row.blockedBy).toMatchObject({ port, pid: holder.pid });
    expect(holder.isAlive()).toBe(true);
  });
});

describe('a port that a service holds', () => {
  test('is freed by fix through the supervisor, and stays free', async () => {
    const it = supervised();
    const port = await freePort();
    expect(
      await it.start([fixtureApp('api', 'service-http.mjs', { env: { PORT: port, LISTEN: port } })]),
    ).toMatchObject({
      code: 0,
    });
    const { pid } = await it.row('api');
    const why = await it.run(['why', String(port)]);
    expect(why.stdout).toContain('devdoctor');
    expect(why.stdout).toContain('devdoctor stop api');
    const fix = await it.run(['fix', '--port', String(port), '--yes']);
    expect(fix).toMatchObject({ code: 0 });
    expect(await it.row('api')).toMatchObject({ status: 'stopped', pid: null, restarts: 0, ports: [] });
    expect(it.marked()).toEqual([]);
    expect(await it.run(['start', 'api'])).toMatchObject({ code: 0 });
    expect((await it.row('api')).pid).not.toBe(pid);
  });

  test('blocks another service of the same supervisor', async () => {
    const it = supervised();
    const port = await freePort();
    const app = (name: string): ReturnType<typeof fixtureApp> =>
      fixtureApp(name, 'service-http.mjs', { env: { PORT: port, LISTEN: port } });
    expect(await it.start([app('first')])).toMatchObject({ code: 0 });
    const { code, stdout } = await it.start([app('first'), app('second')]);
    expect(code).toBe(4);
    expect(stdout).toContain('first (a service of devdoctor)');
    expect(await it.row('second')).toMatchObject({ status: 'blocked', restarts: 0 });
    expect(await it.run(['stop', 'first'])).toMatchObject({ code: 0 });
    await waitFor('its start', async () => (await it.row('second')).status === 'online');
    expect(await it.row('second')).toMatchObject({ restarts: 0, ports: [port] });
  });
});
