import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLogDaemon, linesCommand, startLogDaemon } from '../../../helpers/killed-log-daemon.ts';
import { keepLogs, startLines } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { allOf, countLines } from '../../../helpers/numbered-lines.ts';
import { procTable } from '../../../helpers/proc-table.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const COUNT = 12_000;
const textOf = (path: string): string => readFileSync(path, 'utf8');
const linesIn = (path: string): number => textOf(path).split('\n').length - 1;
const numberOf = (line: string | undefined): number => Number(line?.split(' ')[1]);

let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'devdoctor-logs-'));
  program = await buildLogDaemon(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const whileWriting = async (
  act: (log: string, problems: readonly string[]) => void | Promise<void>,
  logs: object = {},
) => {
  const home = aHome(makeTempDir());
  const log = join(home.folder, 'own', 'app.log');
  const { keeper, problems } = keepLogs(home, 50);
  const service = aLoggingService(home, { out: log, ...logs });
  const { ended } = startLines(keeper, service, { COUNT, BATCH: 10, PAUSE: 1 });
  await waitFor('lines', () => existsSync(log) && linesIn(log) > 1_000);
  await act(log, problems);
  await ended;
  await keeper.detach(0);
  return { log, problems };
};

/** All lines from some number on, in order, and none of them lost that came after `before`. */
const expectAllAfter = (text: string, before: number): void => {
  const first = numberOf(text.split('\n')[0]);
  expect(first).toBeLessThanOrEqual(before);
  expect(countLines(text, COUNT - first)).toEqual(allOf(COUNT - first));
};

test.each([
  ['written by the service itself', {}],
  ['passed on', { dateFormat: '[line]', type: 'raw' }],
])('a log that is removed, %s, goes on in a new file of this user alone', async (_, logs) => {
  let before = 0;
  const { log, problems } = await whileWriting((path) => {
    before = linesIn(path);
    rmSync(path);
  }, logs);
  expectAllAfter(textOf(log).replaceAll('line: ', ''), before);
  expect(statSync(log).mode & 0o777).toBe(0o600);
  expect(problems).toEqual([]);
});

test('a log that is moved away goes on at its path, and no line is lost or doubled', async () => {
  const { log } = await whileWriting((path) => renameSync(path, `${path}.old`));
  expect(linesIn(log)).toBeGreaterThan(0);
  expect(countLines(textOf(`${log}.old`) + textOf(log), COUNT)).toEqual(allOf(COUNT));
});

test('a log rotated by another program that creates the new file goes on there', async () => {
  const { log } = await whileWriting((path) => {
    renameSync(path, `${path}.1`);
    writeFileSync(path, '', { mode: 0o644 });
  });
  expect(countLines(textOf(`${log}.1`) + textOf(log), COUNT)).toEqual(allOf(COUNT));
});

test('a log that is moved away twice is put together from three files', async () => {
  const { log } = await whileWriting(async (path) => {
    renameSync(path, `${path}.a`);
    await waitFor('more lines', () => existsSync(path) && linesIn(path) > 500);
    renameSync(path, `${path}.b`);
  });
  const text = ['.a', '.b', ''].map((ending) => textOf(`${log}${ending}`)).join('');
  expect(countLines(text, COUNT)).toEqual(allOf(COUNT));
});

test('a log that is emptied goes on in the same file', async () => {
  let before = 0;
  const { log } = await whileWriting((path) => {
    before = linesIn(path);
    truncateSync(path);
  });
  const text = textOf(log);
  expect(numberOf(text.split('\n')[0])).toBeGreaterThanOrEqual(before);
  expect(countLines(text, COUNT).torn).toEqual([]);
  expect(text.endsWith(' end\n')).toBe(true);
});

test('a log that is removed with its folder goes on in a new folder', async () => {
  let before = 0;
  const { log } = await whileWriting((path) => {
    before = linesIn(path);
    rmSync(dirname(path), { recursive: true });
  });
  expectAllAfter(textOf(log), before);
  expect(statSync(dirname(log)).mode & 0o777).toBe(0o700);
});

test('lines wait while a folder is in the place of a log', async () => {
  let before = 0;
  const { log, problems } = await whileWriting(async (path, complaints) => {
    before = linesIn(path);
    rmSync(path);
    mkdirSync(path);
    await waitFor('a complaint', () => complaints.length > 0);
    rmdirSync(path);
  });
  expect(problems).toEqual([expect.stringContaining('it is a folder (EISDIR)')]);
  expectAllAfter(textOf(log), before);
});

test('a log that was removed while no daemon lived goes on when the next one comes', async () => {
  const home = aHome(makeTempDir());
  const service = aLoggingService(home);
  const log = service.logs.out ?? '';
  const common = { home, service, tickMs: 50 };
  const start = linesCommand({ COUNT, BATCH: 10, PAUSE: 1 });
  const first = await startLogDaemon(program, folder, { ...common, start, adopt: null });
  await waitFor('lines', () => existsSync(log) && linesIn(log) > 1_000);
  await first.kill();
  const before = linesIn(log);
  rmSync(log);
  const { mark } = first;
  const second = await startLogDaemon(program, folder, { ...common, start: null, adopt: mark });
  await waitFor('lines again', () => existsSync(log) && linesIn(log) > 500);
  await second.kill();
  const third = await startLogDaemon(program, folder, { ...common, start: null, adopt: mark });
  await waitFor('the end', () => procTable.look(mark.pid)?.born !== mark.born);
  third.tell('detach');
  await third.hasSaid('detached');
  expectAllAfter(textOf(log), before);
});
