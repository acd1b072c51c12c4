import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ServiceRow } from '../../../src/model/service.ts';
import type { Run } from '../../helpers/run-cli.ts';
import { fixtureApp, sleeper, supervised, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const codesOf = (runs: readonly Run[]): readonly unknown[] =>
  runs.map(({ code, stderr }) => (code === 0 ? 0 : { code, stderr }));

const zeros = (count: number): readonly number[] => times(count, () => 0);

/** One daemon with one guardian: those that came second leave by themselves. */
const oneDaemon = async (it: Supervised): Promise<readonly ServiceRow[]> => {
  await waitFor('the others to leave', () => it.daemons().length === 1 && it.guardians().length === 1);
  const { supervisor, services } = await it.list();
  expect(supervisor?.pid).toBe(it.daemons()[0]);
  return services;
};

/** One final state: a service that is told as up is one process under one shim, and one that is not is none. */
const isOneOrNone = async (it: Supervised): Promise<void> => {
  const { services } = await it.list();
  expect(services.length).toBeLessThanOrEqual(1);
  const [row] = services;
  if (row !== undefined) expect(['online', 'stopped']).toContain(row.status);
  expect(it.marked()).toHaveLength(row?.status === 'online' ? 2 : 0);
  if (row?.status === 'online') expect(it.marked()).toContain(row.pid);
};

describe('commands that race', () => {
  test('fifty times over a dead supervisor, by twos and sixes, get one daemon', async () => {
    const it = supervised();
    expect(await it.start([sleeper('s')])).toMatchObject({ code: 0 });
    const { pid } = await it.row('s');
    for (let round = 0; round < 50; round += 1) {
      // Its socket and its lock stay behind.
      await it.killSupervisor();
      const count = round % 5 === 4 ? 6 : 2;
      const runs = await Promise.all(times(count, () => it.run(['start', it.file])));
      expect(codesOf(runs)).toEqual(zeros(count));
      expect(await oneDaemon(it)).toMatchObject([{ name: 's', pid, restarts: 0 }]);
    }
    expect(it.marked()).toHaveLength(2);
  });

  test('in homes where nothing ever was get one daemon, and one copy of each service', async () => {
    for (let round = 0; round < 5; round += 1) {
      const it = supervised();
      const apps = times(3, (index) => sleeper(`s${index}`));
      const runs = await Promise.all(times(round === 0 ? 6 : 2, () => it.start(apps)));
      expect(codesOf(runs)).toEqual(zeros(runs.length));
      const services = await oneDaemon(it);
      expect(services.map(({ name, status }) => [name, status])).toEqual(apps.map(({ name }) => [name, 'online']));
      expect(it.marked()).toHaveLength(6);
    }
  });

  test('twenty restarts of one name leave one process', async () => {
    const it = supervised();
    expect(await it.start([fixtureApp('api', 'service-http.mjs')])).toMatchObject({ code: 0 });
    const runs = await Promise.all(times(20, () => it.run(['restart', 'api'])));
    expect(codesOf(runs)).toEqual(zeros(20));
    expect(await it.row('api')).toMatchObject({ status: 'online' });
    await isOneOrNone(it);
  });

  test.each([
    ['restart', 'delete'],
    ['start', 'delete'],
    ['start', 'stop'],
    ['restart', 'stop'],
    ['scale', 'delete'],
  ])('%s and %s at once come to one state', async (one, other) => {
    const it = supervised();
    for (let round = 0; round < 4; round += 1) {
      expect(await it.start([sleeper('s')])).toMatchObject({ code: 0 });
      const words = one === 'start' ? [it.file] : one === 'scale' ? ['s', '1'] : ['s'];
      const first = it.run([one, ...words]);
      await delay(Math.random() * 40);
      const [, second] = await Promise.all([first, it.run([other, 's'])]);
      expect(second).toMatchObject({ code: 0 });
      await isOneOrNone(it);
    }
  });
});

describe('what comes in between', () => {
  test('a stop during the pause before a restart ends the restarts', async () => {
    const it = supervised();
    const crashing = { script: '/bin/false', interpreter: 'none', restart_delay: 300, max_restarts: 1_000 };
    const apps = ['stopped', 'going'].map((name) => ({ name, ...crashing }));
    await it.start(apps);
    await waitFor('the pause', async () => (await it.row('stopped')).status === 'waiting restart');
    expect(await it.run(['stop', 'stopped'])).toMatchObject({ code: 0 });
    const { restarts } = await it.row('stopped');
    const before = (await it.row('going')).restarts;
    await waitFor('more restarts of the other', async () => (await it.row('going')).restarts >= before + 3);
    expect(await it.row('stopped')).toMatchObject({ status: 'stopped', restarts, pid: null });
    expect(it.marked(0)).toEqual([]);
  });

  test('a delete during a start leaves nothing', async () => {
    const it = supervised();
    const start = it.start([fixtureApp('late', 'service-http.mjs', { wait_ready: true, listen_timeout: 60_000 })]);
    await waitFor('the start', async () => (await it.list()).services[0]?.status === 'launching');
    expect(await it.run(['delete', 'late'])).toMatchObject({ code: 0 });
    expect((await start).code).not.toBe(0);
    expect((await it.list()).services).toEqual([]);
    expect(it.marked()).toEqual([]);
  });
});
