import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogSpec } from '../../../../src/model/service.ts';
import { buildLogDaemon, linesCommand, startLogDaemon } from '../../../helpers/killed-log-daemon.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { allOf, countLog, countLines, wholeLog } from '../../../helpers/numbered-lines.ts';
import { procTable } from '../../../helpers/proc-table.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'devdoctor-logs-'));
  program = await buildLogDaemon(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rotation = { maxBytes: 150_000, maxAgeMs: null, retain: 1000, compress: false };
const COUNT = 24_000;

/** Lives of 60 to 200 ms, so that each part of the work is cut off sooner or later. */
const livesOf = async (logs: Partial<LogSpec>, env: Readonly<Record<string, string | number>>) => {
  const home = aHome(makeTempDir());
  const service = aLoggingService(home, logs);
  const common = { home, service, tickMs: 50 };
  const start = linesCommand({ COUNT, BATCH: 20, PAUSE: 1, ...env });
  let daemon = await startLogDaemon(program, folder, { ...common, start, adopt: null });
  const { mark } = daemon;
  let kills = 0;
  while (procTable.look(mark.pid)?.born === mark.born) {
    await delay(60 + ((kills * 37) % 140));
    await daemon.kill();
    kills += 1;
    daemon = await startLogDaemon(program, folder, { ...common, start: null, adopt: mark });
  }
  daemon.tell('detach');
  await daemon.hasSaid('detached');
  return { service, kills, problems: daemon.said.filter((line) => line.startsWith('problem')) };
};

test.each([
  ['whole lines', {}],
  ['lines in parts', { SPLIT: 1 }],
])(
  'rotation of %s goes on after each sudden end: nothing lost, torn or doubled',
  async (_, env) => {
    const { service, kills, problems } = await livesOf({ rotation }, env);
    expect(kills).toBeGreaterThan(2);
    expect(problems).toEqual([]);
    expect(countLog(service.logs.out ?? '', COUNT)).toEqual(allOf(COUNT));
  },
  30_000,
);

test('stamped lines go on after each sudden end: nothing lost, torn or doubled', async () => {
  const { service, kills } = await livesOf(
    { rotation, dateFormat: 'YYYY-MM-DD HH:mm:ss.SSS' },
    { SPLIT: 1, WIDTH: 200 },
  );
  expect(kills).toBeGreaterThan(2);
  const shape = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}: line (\d+) é+ end$/;
  expect(countLog(service.logs.out ?? '', COUNT, shape)).toEqual(allOf(COUNT));
}, 30_000);

test('both places of a combined log have every line once', async () => {
  const home = makeTempDir();
  const combined = join(home, 'both.log');
  const { service } = await livesOf({ rotation, combined, type: 'json' }, { SPLIT: 1 });
  for (const log of [service.logs.out ?? '', combined]) {
    const text = wholeLog(log)
      .split('\n')
      .map((line) => (line === '' ? line : (JSON.parse(line) as { readonly message: string }).message))
      .join('\n');
    expect(countLines(text, COUNT)).toEqual(allOf(COUNT));
  }
}, 30_000);
