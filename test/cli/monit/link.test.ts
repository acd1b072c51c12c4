import { expect, test } from 'vitest';
import { openLink } from '../../../src/cli/monit/link.ts';
import { fakeSupervisor } from './fake-supervisor.ts';

test('a connection that comes after the end is closed', async () => {
  const late = fakeSupervisor({ rows: () => [] });
  let arrive: () => void = () => {};
  const connect = () => new Promise<typeof late.supervisor>((resolve) => (arrive = () => resolve(late.supervisor)));
  const link = openLink(fakeSupervisor({ rows: () => [] }).supervisor, connect);
  link.drop();
  const restored = link.restore();
  link.close();
  arrive();
  expect(await restored).toBe(false);
  expect(late.isClosed()).toBe(true);
});

test('nothing is asked where there is no connection', async () => {
  const link = openLink(fakeSupervisor({ rows: () => [] }).supervisor, () => Promise.resolve(null));
  expect(await link.ask('list', {}, 1_000)).toEqual({ services: [], notices: [] });
  link.drop();
  await expect(link.ask('list', {}, 1_000)).rejects.toMatchObject({ code: 'environment', hint: 'devdoctor start' });
});
