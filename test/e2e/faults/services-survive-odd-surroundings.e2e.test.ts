import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixture } from '../../helpers/paths.ts';
import { supervised, type App } from '../../helpers/supervisor.ts';
import { telling, told } from '../../helpers/telling-app.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const LONGEST_WORD = 131_072;

describe('a folder that is removed', () => {
  test('from below the supervisor means nothing to it', async () => {
    const it = supervised();
    const place = makeTempDir();
    writeFileSync(it.file, JSON.stringify({ apps: [telling(it, 'first', { cwd: it.folder })] }));
    expect(await it.run(['start', it.file], { cwd: place })).toMatchObject({ code: 0 });
    rmSync(place, { recursive: true });
    expect(await it.start([telling(it, 'first'), telling(it, 'second')])).toMatchObject({ code: 0 });
    expect((await it.list()).services.map(({ status }) => status)).toEqual(['online', 'online']);
  });

  test('from below a service is named when it is to start', async () => {
    const it = supervised();
    const cwd = join(it.folder, 'app');
    mkdirSync(cwd);
    expect(await it.start([telling(it, 'api', { cwd })])).toMatchObject({ code: 0 });
    rmSync(cwd, { recursive: true });
    const { code, stdout } = await it.run(['restart', 'api']);
    expect(code).toBe(4);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`its folder ${cwd} is gone`);
    expect(await it.row('api')).toMatchObject({ status: 'errored', restarts: 0, pid: null });
    mkdirSync(cwd);
    expect(await it.run(['restart', 'api'])).toMatchObject({ code: 0 });
  });
});

describe('an environment', () => {
  test('reaches the service as it is, and the shell it comes from does not change it later', async () => {
    const it = supervised();
    const env = {
      LARGE: 'x'.repeat(100_000),
      LINES: 'first\nsecond\n\ttab',
      EQUALS: 'a=b=c',
      QUOTES: `"it's" $HOME \`id\` \\`,
      EMPTY: '',
      'ODD.NAME-1': 'odd',
      THAI: 'สวัสดี',
    };
    const path = `${process.env['PATH'] ?? ''}:/nowhere/first`;
    writeFileSync(it.file, JSON.stringify({ apps: [telling(it, 'api', { env })] }));
    expect(await it.run(['start', it.file], { env: { PATH: path } })).toMatchObject({ code: 0 });
    const file = join(it.folder, 'api.json');
    expect(told(file).env).toMatchObject({ ...env, PATH: path });
    rmSync(file);
    expect(await it.run(['restart', 'api'])).toMatchObject({ code: 0 });
    expect(told(file).env).toMatchObject({ ...env, PATH: path });
    expect(await it.run(['restart', 'api', '--update-env'])).toMatchObject({ code: 0 });
    expect(told(file).env).toMatchObject({ ...env, PATH: process.env['PATH'] });
  });

  test('that is too large is told by the name of the variable', async () => {
    const it = supervised();
    const { code, stdout } = await it.start([telling(it, 'api', { env: { TOO_LARGE: 'x'.repeat(200_000) } })]);
    expect(code).toBe(4);
    expect(stdout).toContain('E2BIG');
    expect(stdout).toContain('TOO_LARGE');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`one may have ${LONGEST_WORD}`);
    expect(await it.row('api')).toMatchObject({ status: 'errored', restarts: 0 });
  });
});

describe('an odd name', () => {
  const ODD = ['with space', `quo'te"s`, '🚀 rocket', '\u202eright to left', 'two\nlines', '$(touch oops)', '-rf'];

  test('of a folder and a script is a folder and a script like any other', async () => {
    const it = supervised();
    const apps = ODD.map((name, index) => {
      const cwd = join(it.folder, name);
      mkdirSync(cwd);
      const script = join(cwd, `${name}.mjs`);
      copyFileSync(fixture('service-tells-surroundings.mjs'), script);
      return { ...telling(it, `odd${index}`, { cwd }), script };
    });
    expect(await it.start(apps)).toMatchObject({ code: 0 });
    for (const [index, name] of ODD.entries()) {
      expect(basename(told(join(it.folder, `odd${index}.json`)).cwd)).toBe(name);
    }
    for (const args of [['list'], ['show', 'all'], ['logs', '--nostream']]) {
      const { code, stdout } = await it.run(args);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[\u202e\u001b]/);
    }
    expect(await it.run(['stop', 'all'])).toMatchObject({ code: 0 });
    expect(it.marked()).toEqual([]);
  });

  test.each(['../x', 'all', '7', 'a/b', '.', 'x'.repeat(255), 'a\nb', '/x/'])(
    'of a service, %j, is refused and leaves nothing behind',
    async (name) => {
      const it = supervised();
      const { code, stderr } = await it.start([telling(it, name, { env: { FILE: join(it.folder, 'told') } })]);
      expect(code).toBe(2);
      expect(stderr).toContain('name');
      expect(it.daemons()).toEqual([]);
      expect(readdirSync(it.folder).toSorted()).toEqual([basename(it.file)]);
    },
  );

  test('of a service that only looks odd is a name, and its log stays in its folder', async () => {
    const it = supervised();
    const names = ['with space', '🚀', 'a..b', 'ร้านค้า', '%2e%2e', 'x'.repeat(200)];
    const app = (name: string, index: number): App => ({
      ...telling(it, name),
      env: { FILE: join(it.folder, `${index}.json`) },
    });
    expect(await it.start(names.map(app))).toMatchObject({ code: 0 });
    expect((await it.list()).services.map(({ name }) => name)).toEqual(names);
    expect(readdirSync(it.home.logs).filter((name) => name.endsWith('-out.log'))).toHaveLength(names.length);
    for (const name of names) expect(await it.run(['stop', name])).toMatchObject({ code: 0 });
    expect(it.marked()).toEqual([]);
  });
});
