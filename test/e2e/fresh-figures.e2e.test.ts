import { expect, test } from 'vitest';
import { ask } from '../helpers/http-load.ts';
import { fixtureApp, supervised, type Supervised } from '../helpers/supervisor.ts';
import { waitFor } from '../helpers/wait-for.ts';

const answers = async (it: Supervised): Promise<void> => {
  const { pid, ports } = await it.row('api');
  expect(ports).toHaveLength(1);
  expect(JSON.parse(await ask(ports[0] ?? 0))).toMatchObject({ pid });
};

test('a service that was looked at while it started is listed with its port as soon as it is up', async () => {
  const it = supervised();
  const start = it.start([fixtureApp('api', 'service-http.mjs', { env: { DELAY: '400' } })]);
  await waitFor('a look at it', async () => ((await it.list()).services[0]?.pid ?? null) !== null);
  expect(await start).toMatchObject({ code: 0 });
  await answers(it);

  const restart = it.run(['restart', 'api']);
  await it.list();
  expect(await restart).toMatchObject({ code: 0 });
  await answers(it);
  const [{ pids, pid } = { pids: [], pid: 0 }] = await it.show('api');
  expect(pids).toEqual([pid]);
});
