import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RotationSpec } from '../../../../src/model/service.ts';
import { keepLogs, startLines, startWriting } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { allOf, countLines, countLog, logParts } from '../../../helpers/numbered-lines.ts';
import { procTable } from '../../../helpers/proc-table.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const rotationOf = (maxBytes: number, more: Partial<RotationSpec> = {}): RotationSpec => ({
  maxBytes,
  maxAgeMs: null,
  retain: 1_000,
  compress: false,
  ...more,
});

const textOf = (path: string): string => readFileSync(path, 'utf8');

const setUp = (rotation: RotationSpec, id = 0) => {
  const home = aHome(makeTempDir());
  const service = aLoggingService(home, { rotation }, id);
  return { home, service, log: service.logs.out ?? '', ...keepLogs(home) };
};

test.each([
  ['whole lines', {}],
  ['writes that end within a line', { SPLIT: 1 }],
])('a log is rotated while a service writes %s, and no line is lost, torn or doubled', async (_, env) => {
  const { keeper, problems, service, log } = setUp(rotationOf(100_000));
  const { ended } = startLines(keeper, service, { COUNT: 30_000, BATCH: 20, PAUSE: 1, ...env });
  await ended;
  await keeper.detach(0);
  expect(problems).toEqual([]);
  expect(countLog(log, 30_000)).toEqual(allOf(30_000));
  const parts = logParts(log);
  expect(parts.length).toBeGreaterThan(8);
  expect(parts.every((part) => (statSync(part).mode & 0o777) === 0o600)).toBe(true);
});

test('only as many parts are kept as were asked for, the newest ones', async () => {
  const { keeper, service, log } = setUp(rotationOf(50_000, { retain: 3 }));
  await startLines(keeper, service, { COUNT: 12_000, BATCH: 20, PAUSE: 1 }).ended;
  await keeper.detach(0);
  expect(logParts(log).map((part) => basename(part))).toEqual(
    ['.3', '.2', '.1', ''].map((ending) => `${basename(log)}${ending}`),
  );
  const kept = logParts(log).map(textOf).join('');
  const first = Number(kept.split(' ')[1]);
  expect(countLines(kept, 12_000 - first)).toEqual(allOf(12_000 - first));
});

test('a log of which no part is to be kept is emptied', async () => {
  const { keeper, service, log } = setUp(rotationOf(50_000, { retain: 0 }));
  await startLines(keeper, service, { COUNT: 6_000, BATCH: 20, PAUSE: 1 }).ended;
  await keeper.detach(0);
  expect(logParts(log)).toEqual([log]);
  expect(statSync(log).size).toBeLessThan(300_000);
  expect(countLines(textOf(log), 0).torn).toEqual([]);
});

test('all writers of a log that several services share come to rest', async () => {
  const { home, keeper, service, log } = setUp(rotationOf(100_000));
  const shared = { rotation: rotationOf(100_000), out: log };
  const others = [1, 2].map((id) => aLoggingService(home, shared, id));
  const running = [service, ...others].map((each) =>
    startWriting(keeper, each, [
      '/bin/sh',
      '-c',
      'i=0; while [ $i -lt 60000 ]; do echo "$0 $i"; i=$((i+1)); done',
      `s${each.id}`,
    ]),
  );
  await Promise.all(running.map(({ ended }) => ended));
  for (const { id } of [service, ...others]) await keeper.detach(id);
  const lines = logParts(log).map(textOf).join('').split('\n').slice(0, -1);
  expect(logParts(log).length).toBeGreaterThan(1);
  expect(lines.filter((line) => !/^s[012] \d+$/.test(line))).toEqual([]);
  for (const { id } of [service, ...others]) {
    const own = lines.filter((line) => line.startsWith(`s${id} `)).map((line) => Number(line.split(' ')[1]));
    expect(own).toEqual(Array.from({ length: 60_000 }, (_, number) => number));
  }
});

test('children that nobody told of come to rest as well', async () => {
  const { keeper, service, log } = setUp(rotationOf(20_000));
  const child = 'i=0; while [ $i -lt 60000 ]; do echo "line $i é end"; i=$((i+1)); done';
  const { ended } = startWriting(keeper, service, ['/bin/sh', '-c', `sh -c '${child}'; true`]);
  await ended;
  await keeper.detach(0);
  expect(logParts(log).length).toBeGreaterThan(1);
  expect(countLog(log, 60_000)).toEqual(allOf(60_000));
});

test('who was stopped by a person stays stopped when its log is rotated', async () => {
  const { keeper, service, log } = setUp(rotationOf(50_000));
  const { pid } = startLines(keeper, service, { COUNT: 30_000, BATCH: 1_000, STAY: 1 });
  await waitFor('lines', () => existsSync(`${log}.1`));
  process.kill(pid, 'SIGSTOP');
  await waitFor('rest', () => procTable.isAtRest(pid));
  writeFileSync(log, `${'x'.repeat(200_000)}\n`, { flag: 'a' });
  await waitFor('a rotation', () => statSync(log).size < 100_000);
  expect(procTable.look(pid)?.state).toBe('stopped');
});

test('a log is rotated by another name at the start of a run, when nobody writes to it', () => {
  const { keeper, service, log } = setUp(rotationOf(1_000));
  writeFileSync(log, `${'old '.repeat(500)}\n`);
  const { ino } = statSync(log);
  keeper.open(service);
  expect(statSync(`${log}.1`).ino).toBe(ino);
  expect(statSync(log).size).toBe(0);
});

test('a log behind a link is rotated beside the link, which stays', async () => {
  const { home, keeper, service, log } = setUp(rotationOf(50_000));
  mkdirSync(join(home.folder, 'elsewhere'));
  symlinkSync(join(home.folder, 'elsewhere', 'real.log'), log);
  await startLines(keeper, service, { COUNT: 6_000, BATCH: 20, PAUSE: 1 }).ended;
  await keeper.detach(0);
  expect(existsSync(`${log}.1`)).toBe(true);
  expect(countLog(log, 6_000)).toEqual(allOf(6_000));
  expect(existsSync(join(home.folder, 'elsewhere', 'real.log'))).toBe(true);
});

test('a log is rotated when its oldest line is old enough', async () => {
  const { keeper, service, log } = setUp(rotationOf(1e9, { maxAgeMs: 300 }));
  const { ended } = startLines(keeper, service, { COUNT: 3_000, BATCH: 10, PAUSE: 3 });
  await ended;
  await keeper.detach(0);
  expect(logParts(log).length).toBeGreaterThan(1);
  expect(countLog(log, 3_000)).toEqual(allOf(3_000));
});

test('parts but the newest are compressed when a log is quiet, for this user alone', async () => {
  const { keeper, service, log } = setUp(rotationOf(1_000_000, { compress: true }));
  for (const number of [1, 2, 3]) writeFileSync(`${log}.${number}`, `part ${number}\n`.repeat(100));
  startWriting(keeper, service, ['/bin/sleep', '60']);
  await waitFor('compression', () => ['2', '3'].every((number) => !existsSync(`${log}.${number}`)));
  for (const number of [2, 3]) {
    expect(gunzipSync(readFileSync(`${log}.${number}.gz`)).toString()).toBe(`part ${number}\n`.repeat(100));
    expect(statSync(`${log}.${number}.gz`).mode & 0o777).toBe(0o600);
  }
  expect(logParts(log).map((part) => basename(part))).toEqual(
    ['.3.gz', '.2.gz', '.1', ''].map((ending) => `${basename(log)}${ending}`),
  );
});

test('a line of many megabytes without an end costs no memory', async () => {
  const { keeper, service, log } = setUp(rotationOf(2_000_000, { retain: 100 }));
  const code = `const b = Buffer.alloc(1048576, 'x'); for (let i = 0; i < 60; i++) require('fs').writeSync(1, b)`;
  const before = process.memoryUsage().arrayBuffers;
  await startWriting(keeper, service, [process.execPath, '-e', code]).ended;
  await keeper.detach(0);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  expect(logParts(log).reduce((sum, part) => sum + statSync(part).size, 0)).toBe(60 * 1_048_576);
});
