import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { crashingApp, startsIn, stayFile } from '../../helpers/crashing-app.ts';
import { freePort } from '../../helpers/free-port.ts';
import { fixture } from '../../helpers/paths.ts';
import { fixtureApp, supervised, type App, type Supervised } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const noteFile = ({ folder }: Supervised): string => join(folder, 'notes');
const notedIn = (it: Supervised): readonly string[] =>
  existsSync(noteFile(it)) ? readFileSync(noteFile(it), 'utf8').trim().split('\n') : [];

const noting = (it: Supervised, name: string, more: Readonly<Record<string, unknown>>, ignored = ''): App =>
  fixtureApp(name, 'service-notes.mjs', { env: { NAME: name, NOTES: noteFile(it), IGNORED: ignored }, ...more });

const READY = { wait_ready: true, listen_timeout: 20_000 };

describe('a service that is to say when it is ready', () => {
  test('is up when it does, and told as late when it does not', async () => {
    const it = supervised();
    const never = fixtureApp('never', 'service-http.mjs', { wait_ready: true, listen_timeout: 600 });
    const { code, stdout } = await it.start([noting(it, 'says', READY), never]);
    expect(code).toBe(4);
    expect(stdout).toMatch(/✔ says started, pid \d+/);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('it has not said that it is ready'.slice(3));
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('after 0.6 s (listen_timeout)');
    expect(await it.row('never')).toMatchObject({ status: 'online', restarts: 0 });
  });
});

describe('a service that is not to be started again', () => {
  test('stays down after its end, and start tells whether that was a failure', async () => {
    const it = supervised();
    const start = async (app: App): Promise<number | null> => (await it.start([app])).code;
    expect(await start(crashingApp(it, 'well', { EXIT: 0 }, { autorestart: false }))).toBe(0);
    expect(await start(crashingApp(it, 'badly', { EXIT: 1 }, { autorestart: false }))).toBe(4);
    expect(await start(crashingApp(it, 'code', { EXIT: 3 }, { stop_exit_codes: [2, 3] }))).toBe(4);
    expect(startsIn(it)).toHaveLength(3);
    const rows = (await it.list()).services;
    expect(rows.map(({ status, restarts, lastExit }) => [status, restarts, lastExit?.code])).toEqual([
      ['stopped', 0, 0],
      ['stopped', 0, 1],
      ['stopped', 0, 3],
    ]);
  });
});

describe('how a service wants to be ended', () => {
  test('is kept to: its message, its signal, and then SIGTERM', async () => {
    const it = supervised();
    const apps = [
      noting(it, 'message', { ...READY, shutdown_with_message: true }),
      noting(it, 'signal', { ...READY, kill_signal: 'SIGQUIT' }),
      noting(it, 'usual', READY),
      noting(it, 'stubborn', { ...READY, kill_timeout: 900 }, 'SIGINT'),
    ];
    expect(await it.start(apps)).toMatchObject({ code: 0 });
    expect(await it.run(['stop', 'all'])).toMatchObject({ code: 0 });
    const told = notedIn(it).filter((line) => !line.endsWith('started'));
    expect(told.toSorted()).toEqual([
      'message message shutdown',
      'signal SIGQUIT',
      'stubborn SIGINT',
      'stubborn SIGTERM',
      'usual SIGINT',
    ]);
    expect((await it.list()).services.map(({ lastExit }) => lastExit?.code)).toEqual([0, 0, 0, 0]);
  });
});

describe('a watched folder and a clock', () => {
  const startsOf = (it: Supervised, name: string): number =>
    notedIn(it).filter((line) => line === `${name} started`).length;

  test('restart what runs, but neither for its own log nor what was stopped', async () => {
    const it = supervised();
    const cwd = join(it.folder, 'app');
    mkdirSync(cwd);
    const log = join(cwd, 'logs', 'web.log');
    const clock = { ...READY, cron_restart: '* * * * * *' };
    // Seldom enough that each line would restart it by itself.
    const web = fixtureApp('web', 'service-says.mjs', {
      cwd,
      watch: true,
      watch_delay: 50,
      out_file: log,
      min_uptime: 100,
      env: { PAUSE: '200', BATCH: '1' },
    });
    expect(await it.start([web, noting(it, 'up', clock), noting(it, 'down', clock)])).toMatchObject({ code: 0 });
    expect(await it.run(['stop', 'down'])).toMatchObject({ code: 0 });
    const before = startsOf(it, 'down');
    const { pid } = await it.row('web');
    let writes = 0;
    const changed = await waitFor('its restart', async () => {
      // The first changes may come before anybody watches.
      if (writes % 10 === 0) writeFileSync(join(cwd, 'server.js'), String(writes));
      writes += 1;
      const row = await it.row('web');
      return row.status === 'online' && row.pid !== pid && row;
    });
    expect(changed.restarts).toBe(0);
    const size = readFileSync(log).length;
    await waitFor('a longer log', () => readFileSync(log).length > size + 100);
    expect((await it.row('web')).pid).toBe(changed.pid);

    await waitFor('restarts', () => startsOf(it, 'up') > 2);
    expect(await it.row('up')).toMatchObject({ restarts: 0 });
    expect(await it.row('down')).toMatchObject({ status: 'stopped', pid: null });
    expect(startsOf(it, 'down')).toBe(before);
  });
});

describe('a watched service that was given up', () => {
  test('is begun anew when a file changes, which may be the mend', async () => {
    const it = supervised();
    const watched = { cwd: it.folder, watch: ['stay'], watch_delay: 50, max_restarts: 2 };
    expect(await it.start([crashingApp(it, 'web', {}, watched)])).toMatchObject({ code: 4 });
    await waitFor('giving up', async () => (await it.row('web')).status === 'errored');
    await waitFor('its start', async () => {
      // The first change may come before anybody watches.
      writeFileSync(stayFile(it), String(Math.random()));
      return (await it.row('web')).status !== 'errored';
    });
    await waitFor('its success', async () => (await it.row('web')).status === 'online');
  });
});

describe('what is wanted of services', () => {
  test('is more or fewer of them, counts from 0, and the list that was saved', async () => {
    const it = supervised();
    const apps = [fixtureApp('web', 'service-http.mjs'), fixtureApp('other', 'service-http.mjs')];
    expect(await it.start(apps)).toMatchObject({ code: 0 });
    const { pid } = await it.row('web');
    expect(await it.run(['scale', 'web', '3'])).toMatchObject({ code: 0 });
    const copies = (await it.show('web')).map((one) => ({ pid: one.pid, instance: one.env['NODE_APP_INSTANCE'] }));
    expect(copies.map(({ instance }) => instance)).toEqual(['0', '1', '2']);
    expect(copies[0]?.pid).toBe(pid);
    expect(await it.run(['scale', 'web', '-2'])).toMatchObject({ code: 0 });
    expect(await it.row('web')).toMatchObject({ pid, restarts: 0 });
    expect(it.marked()).toHaveLength(4);

    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor('a restart', async () => (await it.row('web')).restarts === 1);
    expect(await it.run(['reset', 'web'])).toMatchObject({ code: 0 });
    expect(await it.row('web')).toMatchObject({ restarts: 0, unstableRestarts: 0 });

    expect(await it.run(['stop', 'other'])).toMatchObject({ code: 0 });
    expect(await it.run(['save'])).toMatchObject({ code: 0 });
    expect(await it.run(['delete', 'all'])).toMatchObject({ code: 0 });
    expect(await it.run(['resurrect'])).toMatchObject({ code: 0 });
    expect(await it.row('web')).toMatchObject({ status: 'online' });
    expect(await it.row('other')).toMatchObject({ status: 'stopped', pid: null });
  });

  test('is what the file says now', async () => {
    const it = supervised();
    const port = await freePort();
    const apps = (web: App): readonly App[] => [web, fixtureApp('same', 'service-http.mjs')];
    const web = noting(it, 'web', { ...READY, args: ['a'] });
    const env = { ...(web['env'] as object), KEPT: '1', REMOVED: '2' };
    expect(await it.start([...apps({ ...web, env }), noting(it, 'dropped', READY)])).toMatchObject({ code: 0 });
    expect((await it.show('web'))[0]?.env).toMatchObject({ KEPT: '1', REMOVED: '2' });

    const now = {
      ...web,
      script: fixture('service-http.mjs'),
      args: ['b'],
      wait_ready: false,
      env: { KEPT: '3', LISTEN: port },
    };
    writeFileSync(it.file, JSON.stringify({ apps: apps(now) }));
    expect(await it.run(['restart', it.file])).toMatchObject({ code: 0 });
    const [service] = await it.show('web');
    expect(service?.env).toMatchObject({ KEPT: '3' });
    expect(service?.env).not.toHaveProperty('REMOVED');
    expect(readFileSync(`/proc/${service?.pid}/environ`, 'utf8')).not.toContain('REMOVED=');
    expect(readFileSync(`/proc/${service?.pid}/cmdline`, 'utf8').split('\0').slice(-3)).toEqual([now.script, 'b', '']);
    expect(service?.ports).toEqual([port]);
    expect((await it.list()).services.map(({ name }) => name)).toEqual(['web', 'same']);
    expect(it.marked()).toHaveLength(4);
    expect(notedIn(it)).toContain('dropped SIGINT');
  });
});
