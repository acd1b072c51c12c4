import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { below, ecosystem, find, write } from './log-places.ts';

const DAY_MS = 86_400_000;

describe('logs by their names', () => {
  it.each([
    'app.log',
    'APP.LOG',
    'server.out',
    'server.err',
    'nohup.out',
    'app.log.1',
    'app.log.12.gz',
    'app.log.gz',
    'app.log-20261122',
    'app.log-2026-11-22.gz',
    'app.log.2026-11-22',
    'app.log_2026-11-22_10-00-00',
    'logs/web.log',
    'log/web.log',
    'logs/web-error.log.3',
  ])('%s is one', (name) => {
    const project = makeTempDir();
    write(project, name);
    expect(below(project)).toEqual([name]);
  });

  it.each([
    'npm-debug.log',
    'npm-debug.log.1',
    'yarn-error.log',
    'yarn-debug.log',
    'pnpm-debug.log',
    'lerna-debug.log',
    'logs/npm-debug.log',
    'catalog',
    'blog.ts',
    'log.txt',
    'changelog.md',
    'app.log.bak',
    'app.logs',
    'src/app.log',
    'node_modules/x/a.log',
    'logs/deep/a.log',
  ])('%s is none', (name) => {
    const project = makeTempDir();
    write(project, name);
    expect(below(project)).toEqual([]);
  });

  it('is no folder and no empty file, and a link is what it leads to', () => {
    const project = makeTempDir();
    mkdirSync(join(project, 'old.log'));
    writeFileSync(join(project, 'empty.log'), '');
    write(project, 'a.log');
    symlinkSync(join(project, 'a.log'), join(project, 'current.log'));
    symlinkSync(join(project, 'gone.log'), join(project, 'dangling.log'));
    expect(below(project)).toEqual(['a.log', 'current.log']);
  });
});

describe('the age of logs', () => {
  it.each([
    ['younger than a week', 6.9, ['a.log']],
    ['older than a week', 7.1, []],
  ])('%s', (_, days, expected) => {
    const project = makeTempDir();
    write(project, 'a.log');
    const now = Date.now();
    const at = new Date(now - days * DAY_MS);
    utimesSync(join(project, 'a.log'), at, at);
    expect(below(project, { now })).toEqual(expected);
  });

  it('counts for those that are named by the settings as well', () => {
    const project = makeTempDir();
    write(project, 'own/a.txt', 'own/b.txt');
    utimesSync(join(project, 'own/b.txt'), new Date(0), new Date(0));
    expect(below(project, { settings: [join(project, 'own/a.txt'), join(project, 'own/b.txt')] })).toEqual([
      'own/a.txt',
    ]);
  });
});

describe('logs that an ecosystem file names', () => {
  it.each(['out_file', 'error_file', 'log_file', 'output', 'error', 'log', 'outFile', 'errorFile', 'logFile'])(
    '%s, from the folder of the project',
    (key) => {
      const project = makeTempDir();
      write(project, 'var/web.txt');
      const files = ecosystem(project, { apps: [{ name: 'web', [key]: './var/web.txt' }] });
      expect(below(project, { files })).toEqual(['var/web.txt']);
    },
  );

  it('are told from the folder of their app, of one app as of several, and of a bare list', () => {
    const project = makeTempDir();
    write(project, 'api/var/out.txt', 'var/out.txt');
    const app = { name: 'api', cwd: 'api', out_file: 'var/out.txt' };
    for (const value of [{ apps: [app] }, { apps: app }, [app], app]) {
      expect(below(project, { files: ecosystem(project, value) })).toEqual(['api/var/out.txt']);
    }
  });

  it('are none where they are thrown away, missing, or no text', () => {
    const project = makeTempDir();
    const app = { out_file: '/dev/null', error_file: 'NULL', log_file: '', output: 5, error: false, log: 'gone.txt' };
    for (const value of [{ apps: [app, null, 'x'] }, { apps: 'x' }, null, 'text', 7, {}, []]) {
      expect(below(project, { files: ecosystem(project, value) })).toEqual([]);
    }
  });

  it('are not asked of a file that could not be read', () => {
    const project = makeTempDir();
    write(project, 'a.log');
    const files = { folder: project, manifest: null, ecosystem: { ok: false, name: 'x', detail: 'bad' } } as const;
    expect(below(project, { files })).toEqual(['a.log']);
  });

  it('are told once, however many places name them', () => {
    const project = makeTempDir();
    write(project, 'logs/web.log');
    const files = ecosystem(project, { apps: [{ out_file: 'logs/web.log', error_file: 'logs/web.log' }] });
    expect(below(project, { files, settings: [join(project, 'logs/web.log')] })).toEqual(['logs/web.log']);
  });
});

describe('what services of the project write under the supervisor', () => {
  it('is found, with what the project has itself', () => {
    const project = makeTempDir();
    const home = makeTempDir();
    write(project, 'a.log');
    write(home, 'api-out.log', 'other-out.log');
    const supervised = [join(home, 'api-out.log'), join(home, 'gone-out.log')];
    expect(find(project, { supervised }).toSorted()).toEqual(
      [join(project, 'a.log'), join(home, 'api-out.log')].toSorted(),
    );
  });
});

describe('what cannot be listed', () => {
  it('has no logs: a folder that is none, or that is not there', () => {
    const project = makeTempDir();
    write(project, 'logs', 'a.log');
    expect(below(project)).toEqual(['a.log']);
    expect(find(join(project, 'gone'))).toEqual([]);
    expect(find(null)).toEqual([]);
  });

  it('does not take the settings of the others away', () => {
    const folder = makeTempDir();
    write(folder, 'a.txt');
    expect(find(null, { settings: [join(folder, 'a.txt'), join(folder, 'gone.txt')] })).toEqual([
      join(folder, 'a.txt'),
    ]);
  });
});

it('are a hundred at most', () => {
  const project = makeTempDir();
  write(project, ...Array.from({ length: 120 }, (_, index) => `logs/${index}.log`));
  expect(find(project)).toHaveLength(100);
});
