import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { ask } from '../../helpers/http-load.ts';
import { fixtureApp, isAlive, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const ROUNDS = 10;
const KILL_TIMEOUT_MS = 1_500;

/** The instant in which a service runs and nobody has written that down yet. */
const firstRun = async ({ home }: Supervised): Promise<void> => {
  while (!existsSync(home.run) || !readdirSync(home.run).some((name) => name.endsWith('.pid'))) await delay(1);
};

describe('a supervisor that dies in the middle of an order', () => {
  test('leaves one copy of what it was starting, which the next one knows', async () => {
    const it = supervised();
    const ports = [await freePort(), await freePort()];
    const apps = ports.map((port) => fixtureApp(`on-${port}`, 'service-http.mjs', { env: { LISTEN: String(port) } }));
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = it.start(apps);
      if (round < ROUNDS / 2) {
        await waitFor('a daemon', () => it.daemons().length > 0);
        await delay(Math.random() * 120);
      } else await firstRun(it);
      await (round % 2 === 0 ? it.killDaemon() : it.killSupervisor());
      await first;

      expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
      for (const [index, port] of ports.entries()) {
        const row = await it.row(`on-${port}`);
        expect(row).toMatchObject({ status: 'online', ports: [port] });
        expect(JSON.parse(await ask(port))).toMatchObject({ pid: row.pid });
        expect(it.marked(row.id), `copies of ${index}`).toHaveLength(2);
      }
      expect(it.marked()).toHaveLength(ports.length * 2);
      expect(await it.run(['delete', 'all'])).toMatchObject({ code: 0 });
      expect(it.marked()).toEqual([]);
    }
  });

  test('before it answered at all is started again', async () => {
    const it = supervised();
    for (let tries = 0; ; tries += 1) {
      const start = it.start([fixtureApp('api', 'service-http.mjs')]);
      while (it.guardians().length === 0) await delay(1);
      await it.killSupervisor();
      const hadAnswered = existsSync(join(it.home.folder, 'socket'));
      const { code } = await start;
      if (hadAnswered && tries < 5) {
        await it.run(['kill']);
        continue;
      }
      expect(code).toBe(0);
      expect(it.marked()).toHaveLength(2);
      return;
    }
  });

  test('has its stop finished by the next one', async () => {
    const it = supervised();
    const app = fixtureApp('deaf', 'service-http.mjs', { env: { STUBBORN: '1' }, kill_timeout: KILL_TIMEOUT_MS });
    expect(await it.start([app])).toMatchObject({ code: 0 });
    const { pid } = await it.row('deaf');
    const stop = it.run(['stop', 'deaf']);
    await waitFor('the stop to begin', async () => (await it.row('deaf')).status === 'stopping');
    await it.killDaemon();
    await waitFor('the next daemon', () => it.daemons().length === 1);
    const since = Date.now();
    expect((await stop).code).not.toBe(0);
    await waitFor('the end of the service', () => !isAlive(pid ?? 0));
    expect(Date.now() - since).toBeLessThan(KILL_TIMEOUT_MS + 2_000);
    await waitFor('the end of the stop', async () => (await it.row('deaf')).status === 'stopped');
    expect(await it.row('deaf')).toMatchObject({ pid: null, restarts: 0 });
    expect(it.marked()).toEqual([]);
  });

  test('has its restart finished by the next one', async () => {
    const it = supervised();
    const app = fixtureApp('deaf', 'service-http.mjs', { env: { STUBBORN: '1' }, kill_timeout: KILL_TIMEOUT_MS });
    expect(await it.start([app])).toMatchObject({ code: 0 });
    const { pid } = await it.row('deaf');
    const restart = it.run(['restart', 'deaf']);
    await waitFor('the stop to begin', async () => (await it.row('deaf')).status === 'stopping');
    await it.killDaemon();
    await restart;
    await waitFor('another process', async () => {
      const row = await it.row('deaf');
      return row.status === 'online' && row.pid !== pid;
    });
    expect(isAlive(pid ?? 0)).toBe(false);
    expect(it.marked(0)).toHaveLength(2);
  });
});
