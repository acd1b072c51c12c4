import { describe, expect, test } from 'vitest';
import type { Pm2Process } from '../../src/model/pm2-process.ts';
import type {
  ActionReport,
  EnvResult,
  KillResult,
  ListResult,
  PidResult,
  PingResult,
  SaveResult,
  ShowResult,
  StartResult,
} from '../../src/model/service-results.ts';
import { expectValid } from './support/schemas.ts';
import { supervised } from './support/supervised.ts';

const names = ({ outcomes }: Pick<StartResult, 'outcomes'>): readonly string[] =>
  outcomes.map(({ name, outcome }) => `${name} ${outcome}`);

const listed = ({ services }: Pick<ListResult, 'services'>): readonly string[] =>
  services.map(({ name, status }) => `${name} ${status}`);

describe('without a supervisor and without services', () => {
  test('what only looks says that there is nothing', async () => {
    const { json, run } = await supervised();
    expect(await json<ListResult>(['list'])).toMatchObject({ supervisor: null, services: [] });
    expect((await json<PidResult>(['pid'])).services).toEqual([]);
    expect(await run('jlist')).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
    expect(await json<KillResult>(['kill'])).toMatchObject({ supervisor: null, outcomes: [] });
  });

  test.each([
    [['ping'], 3],
    [['save'], 2],
    [['show', 'api'], 2],
    [['stop', 'api'], 2],
    [['start', 'nosuch.config.js'], 2],
  ])('%j says what is missing, and prints no result', async (args, code) => {
    const { run } = await supervised();
    expect(await run(...args, '--json')).toMatchObject({ code, stdout: '' });
  });
});

describe('what each command prints of services that run', () => {
  test('start, again, and by name', async () => {
    const { json } = await supervised();
    expect(names(await json<StartResult>(['start']))).toEqual(['api done', 'worker done']);
    expect(names(await json<StartResult>(['start']))).toEqual(['api unchanged', 'worker unchanged']);
    expect(names(await json<ActionReport>(['stop', 'jobs']))).toEqual(['worker done']);
    expect(names(await json<StartResult>(['start', 'worker']))).toEqual(['worker done']);
    expect(names(await json<ActionReport>(['restart', 'all']))).toEqual(['api done', 'worker done']);
    expect(names(await json<ActionReport>(['restart', 'ecosystem.config.json', '--only', 'worker']))).toEqual([
      'worker done',
    ]);
  });

  test('list, show, env, pid, jlist and ping', async () => {
    const { json, run, port } = await supervised();
    await json(['start']);
    const list = await json<ListResult>(['list']);
    expect(listed(list)).toEqual(['api online', 'worker online']);
    expect(list.services[0]).toMatchObject({ id: 0, ports: [port], namespace: 'default', mode: 'fork' });
    const pid = list.services[0]?.pid;
    expect((await json<PidResult>(['pid', 'api'])).services).toEqual([{ id: 0, name: 'api', pid }]);
    const [shown] = (await json<ShowResult>(['show', 'api'])).services;
    expect(shown).toMatchObject({ env: { GREETING: 'hello' }, spec: { port } });
    const ping = await json<PingResult>(['ping']);
    expect(list.supervisor).toEqual({ pid: ping.pid, version: ping.version });
    const jlist = (await run('jlist')).json<readonly Pm2Process[]>();
    expectValid('jlist', jlist);
    expect(jlist[0]).toMatchObject({ pid, name: 'api', pm_id: 0, pm2_env: { status: 'online' } });
  });

  test('no secret, unless it is asked for', async () => {
    const { json, run } = await supervised();
    await json(['start', 'ecosystem.config.json', '--only', 'api']);
    for (const args of [['show', 'api'], ['env', 'api'], ['jlist']] as const) {
      for (const form of [[], ['--json']]) {
        expect((await run(...args, ...form)).stdout).not.toContain('hunter2');
        expect((await run(...args, ...form, '--show-secrets')).stdout).toContain('hunter2');
      }
    }
    expect((await json<EnvResult>(['env', 'api'])).services[0]?.env).toMatchObject({ GREETING: 'hello' });
  });

  test('scale, reset, send-signal, flush, save, delete, resurrect and kill', async () => {
    const { json } = await supervised();
    await json(['start']);
    expect((await json<StartResult>(['scale', 'worker', '+1'])).outcomes.map(({ name }) => name)).toContain('worker');
    expect((await json<ListResult>(['list'])).services).toHaveLength(3);
    expect(names(await json<ActionReport>(['reset', 'api']))).toEqual(['api done']);
    expect(names(await json<ActionReport>(['send-signal', 'CONT', 'api']))).toEqual(['api done']);
    expect(names(await json<ActionReport>(['flush', 'api']))).toEqual(['api done']);
    expect((await json<SaveResult>(['save'])).count).toBe(2);
    expect((await json<StartResult>(['delete', 'all'])).outcomes.map(({ status }) => status)).toEqual([
      'deleted',
      'deleted',
      'deleted',
    ]);
    const brought = await json<StartResult>(['resurrect']);
    expect(new Set(brought.outcomes.map(({ name }) => name))).toEqual(new Set(['api', 'worker']));
    const { supervisor, outcomes } = await json<KillResult>(['kill']);
    expect(supervisor?.pid).toBeGreaterThan(0);
    expect(outcomes.every(({ status }) => status === 'stopped')).toBe(true);
    expect(await json<ListResult>(['list'])).toMatchObject({ supervisor: null });
  });

  test('a service that does not come up: exit 4, with what to type next', async () => {
    const { json, run } = await supervised();
    const { outcomes } = await json<StartResult>(['start', 'no-such-command-here-1 || exit 3', '--name', 'bad'], 4);
    expect(outcomes).toMatchObject([{ name: 'bad', outcome: 'failed', hint: expect.stringContaining('devdoctor') }]);
    expect((await run('delete', 'bad')).code).toBe(0);
  });
});
