import { describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListResult } from '../../src/model/service-results.ts';
import { fixture } from '../helpers/paths.ts';
import { supervised } from './support/supervised.ts';

describe('what a person reads', () => {
  test('one line for each service, and nothing else where no terminal is', async () => {
    const { run } = await supervised();
    const started = await run('start');
    expect(started).toMatchObject({ code: 0, stderr: '' });
    expect(started.stdout).toMatch(/^✔ api started, pid \d+\n✔ worker started, pid \d+\n$/);
    expect((await run('start')).stdout).toBe('✔ api runs already\n✔ worker runs already\n');
    expect((await run('stop', 'worker')).stdout).toBe('✔ worker stopped\n');
    expect((await run('list')).stdout).toMatch(/^id .*\n0 +api .*online.*\n1 +worker .*stopped.*\n$/);
    expect((await run('ping')).stdout).toMatch(/^pong \d+\n$/);
    expect((await run('pid')).stdout).toMatch(/^\d+\n0\n$/);
    expect((await run('env', 'worker')).stdout).toMatch(/^PATH=/m);
    expect((await run('show', 'api')).stdout).toMatch(/^0 api: online, 0 restarts/);
    expect((await run('kill')).stdout).toMatch(/✔ the supervisor has ended, pid \d+\n$/);
  });

  test('that it is told from files where no supervisor runs', async () => {
    const { run } = await supervised();
    await run('start');
    await run('kill');
    const list = await run('list');
    expect(list).toMatchObject({ code: 0 });
    expect(list.stdout).toMatch(/^id .*\n0 +api .*stopped/);
    expect(list.stderr).toContain('the supervisor is not running; shown from its files');
  });
});

describe('what a word of start means', () => {
  test('a script, its options, and words of its own', async () => {
    const { json, port } = await supervised();
    await json(['start', fixture('listen.mjs'), '--name', 'own', '--port', String(port), '--', String(port)]);
    const { services } = await json<ListResult>(['list']);
    expect(services).toMatchObject([{ name: 'own', status: 'online', ports: [port] }]);
  });

  test('JSON on standard input', async () => {
    const { json, run } = await supervised();
    expect(await run('start', '-')).toMatchObject({ code: 2, stdout: '' });
    expect((await json<ListResult>(['list'])).services).toEqual([]);
  });

  test('a service that is there, unless a file of that name lies here', async () => {
    const { run, folder } = await supervised();
    await run('start', '--only', 'worker');
    await run('stop', 'all');
    expect((await run('start', 'worker')).stdout).toMatch(/^✔ worker started, pid \d+\n$/);
    expect((await run('start', 'worker', '--name', 'other')).stderr).toContain('--name is for a file, a script');
    writeFileSync(join(folder, 'worker'), '#!/bin/sh\nexec sleep 100\n', { mode: 0o755 });
    expect((await run('start', 'worker', '--name', 'other')).stdout).toMatch(/^✔ other started/);
  });

  test.each([
    [['start', 'ecosystem.config.json', '--env', 'prod'], /--env prod: no app of ecosystem\.config\.json has env_prod/],
    [['start', '--only', 'wroker'], /did you mean worker\?/],
    [['start', 'nosuch'], /cannot be run/],
    [['start', '--', 'x'], /none was named before it/],
    [['start', 'missing.config.js'], /there is no such file/],
    [['restart', 'api', '--env', 'prod'], /--env chooses from a configuration file|there is no service/],
    [['scale', 'api', 'two'], /scale takes how many copies/],
    [['send-signal', 'HUPP', 'api'], /there is no signal "HUPP"; did you mean SIGHUP\?/],
  ])('%j is refused, and starts nothing', async (args, message) => {
    const { run, json } = await supervised();
    const refused = await run(...args);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(message);
    expect(await json<ListResult>(['list'])).toMatchObject({ supervisor: null, services: [] });
  });
});
