import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runShell } from '../../helpers/run-cli.ts';
import { supervised } from '../../helpers/supervisor.ts';
import { telling, told } from '../../helpers/telling-app.ts';
import { waitFor } from '../../helpers/wait-for.ts';

interface Entry {
  readonly path: string;
  readonly mode: string;
}

const openTo = (folder: string): readonly Entry[] =>
  [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))].flatMap(
    (path) => {
      const stat = lstatSync(path);
      const mode = stat.mode & 0o777;
      return mode === (stat.isDirectory() ? 0o700 : 0o600) ? [] : [{ path, mode: mode.toString(8) }];
    },
  );

const readAll = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');

describe('a shell with another umask', () => {
  test.each(['000', '077'])('%s makes nothing readable for others, and nothing unreadable for us', async (umask) => {
    const it = supervised();
    const own = join(it.folder, 'own.log');
    const apps = [
      telling(it, 'plain', { out_file: own, pid_file: join(it.home.folder, 'plain.pid') }),
      telling(it, 'dated', { log_date_format: 'HH:mm' }),
    ];
    writeFileSync(it.file, JSON.stringify({ apps }));
    const where = { cwd: it.folder, home: it.home.folder };
    const start = 'umask "$UMASK"; "$NODE" "$CLI" start "$PWD/ecosystem.config.json"';
    expect(await runShell(start, { ...where, env: { UMASK: umask } })).toMatchObject({ code: 0 });
    expect(await it.run(['save'])).toMatchObject({ code: 0 });
    expect(await it.run(['restart', 'all'])).toMatchObject({ code: 0 });
    expect(openTo(it.home.folder)).toEqual([]);
    expect((lstatSync(own).mode & 0o777).toString(8)).toBe('600');
  });
});

test('a supervisor that is started from within a service does not carry its mark, and outlives it', async () => {
  const it = supervised();
  writeFileSync(it.file, JSON.stringify({ apps: [telling(it, 'api')] }));
  const env = { DEVDOCTOR_SERVICE: 'another.0', DEVDOCTOR_NAME: 'another' };
  expect(await it.run(['start', it.file], { env })).toMatchObject({ code: 0 });
  for (const pid of [...it.daemons(), ...it.guardians()]) {
    const names = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    expect(names.filter((entry) => /^DEVDOCTOR_(?:SERVICE|NAME)=/.test(entry))).toEqual([]);
  }
});

describe('a home', () => {
  test('behind a link is the same home', async () => {
    const it = supervised();
    const link = join(it.folder, 'link');
    expect(await it.start([telling(it, 'api')])).toMatchObject({ code: 0 });
    symlinkSync(it.home.folder, link);
    const list = await it.run(['list', '--json'], { home: link });
    expect(list.json()).toMatchObject({ supervisor: { pid: await it.answering() }, services: [{ name: 'api' }] });
    expect(await it.run(['start', it.file], { home: link })).toMatchObject({ code: 0 });
    expect(it.daemons()).toHaveLength(1);
  });

  test('with a path that is too long for a socket has one elsewhere, which goes with its daemon', async () => {
    const it = supervised('x'.repeat(150));
    expect(await it.start([telling(it, 'api')])).toMatchObject({ code: 0 });
    expect(await it.run(['start', it.file])).toMatchObject({ code: 0 });
    expect(it.daemons()).toHaveLength(1);
    const place = dirname(readFileSync(join(it.home.folder, 'socket'), 'utf8').trim());
    expect(openTo(place)).toEqual([]);
    expect(readdirSync(place)).toEqual(['devdoctord.sock']);
    expect(await it.run(['kill'])).toMatchObject({ code: 0 });
    await waitFor('the end of its folder', () => !existsSync(place));
  });
});

describe('a secret', () => {
  test('of the shell is kept nowhere, and one of the file is shown to nobody who did not ask', async () => {
    const it = supervised();
    const apps = [telling(it, 'api', { env: { API_TOKEN: 'file-secret-1', PLAIN: 'seen' } })];
    writeFileSync(it.file, JSON.stringify({ apps }));
    const env = { DB_PASSWORD: 'shell-secret-2', SOMETHING: 'shell-value-3' };
    expect(await it.run(['start', it.file], { env })).toMatchObject({ code: 0 });
    expect(await it.run(['restart', 'api', '--update-env'], { env })).toMatchObject({ code: 0 });
    expect(await it.run(['save'], { env })).toMatchObject({ code: 0 });
    expect(told(join(it.folder, 'api.json')).env).not.toHaveProperty('DB_PASSWORD');
    expect(readAll(it.home.folder)).not.toMatch(/DB_PASSWORD|shell-secret-2|shell-value-3/);
    const [daemon = 0] = it.daemons();
    expect(readFileSync(`/proc/${daemon}/environ`, 'utf8')).not.toContain('shell-secret-2');
    for (const args of [['show', 'api'], ['show', 'api', '--json'], ['jlist'], ['env', 'api'], ['list', '--json']]) {
      const { stdout } = await it.run(args);
      expect(stdout, args.join(' ')).not.toContain('file-secret-1');
    }
    expect((await it.run(['env', 'api', '--show-secrets'])).stdout).toContain('file-secret-1');
    expect((await it.run(['show', 'api'])).stdout).toContain('PLAIN=seen');
  });
});
