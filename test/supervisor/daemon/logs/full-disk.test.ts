import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepLogs, startLines } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { allOf, countLog } from '../../../helpers/numbered-lines.ts';
import { noSmallDisk, smallDisk } from '../../../helpers/small-disk.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const obstacle = noSmallDisk();
if (obstacle !== null) console.warn(`not tested on a full disk: ${obstacle}`);

const freeOn = (disk: string): number => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};

test.skipIf(obstacle !== null)('stamped lines wait while the disk of their log is full, and all of them come', async () => {
  const disk = smallDisk(1_048_576);
  const home = aHome(makeTempDir());
  const [log, filler] = [join(disk, 'app.log'), join(disk, 'filler')];
  writeFileSync(filler, Buffer.alloc(900_000));
  const { keeper, problems } = keepLogs(home);
  const service = aLoggingService(home, { out: log, dateFormat: '[at] YYYY' });
  const { ended } = startLines(keeper, service, { COUNT: 6_000, BATCH: 20, PAUSE: 1 });
  expect(await ended).toBe(0);
  await keeper.detach(0);
  await waitFor('a complaint', () => problems.length > 0);
  expect(problems).toEqual([expect.stringContaining('its disk is full (ENOSPC). Lines wait until it can.')]);
  rmSync(filler);
  const shape = /^at \d{4}: line (\d+) é+ end$/;
  await waitFor('all lines', () => countLog(log, 6_000, shape).missing === 0);
  expect(countLog(log, 6_000, shape)).toEqual(allOf(6_000));
});

test.skipIf(obstacle !== null)('logs make room for themselves on a small disk, and never fill it', async () => {
  const disk = smallDisk(3 * 1_048_576);
  const home = aHome(makeTempDir());
  const log = join(disk, 'app.log');
  const { keeper, problems } = keepLogs(home);
  const rotation = { maxBytes: 10 * 1_048_576, maxAgeMs: null, retain: 5, compress: false };
  const service = aLoggingService(home, { out: log, rotation });
  const { ended } = startLines(keeper, service, { COUNT: 60_000, BATCH: 20, PAUSE: 1, WIDTH: 100 });
  let least = Number.POSITIVE_INFINITY;
  const watching = setInterval(() => (least = Math.min(least, freeOn(disk))), 5);
  // A program that meets a full disk ends with an error here.
  expect(await ended).toBe(0);
  clearInterval(watching);
  await keeper.detach(0);
  expect(least).toBeGreaterThan(0);
  expect(problems).toEqual([]);
  expect(existsSync(`${log}.1`)).toBe(true);
  expect(readFileSync(log, 'utf8').endsWith(' end\n')).toBe(true);
});

test.skipIf(obstacle !== null)('a home on a full disk keeps rotating, since its own files have their room', async () => {
  const disk = smallDisk(2 * 1_048_576);
  const home = aHome(disk);
  const logs = makeTempDir();
  const { keeper } = keepLogs(home);
  const rotation = { maxBytes: 100_000, maxAgeMs: null, retain: 1_000, compress: false };
  const service = aLoggingService(home, { out: join(logs, 'app.log'), rotation });
  const { ended } = startLines(keeper, service, { COUNT: 20_000, BATCH: 20, PAUSE: 1 });
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, freeOn(disk))));
  expect(freeOn(disk)).toBe(0);
  await ended;
  await keeper.detach(0);
  expect(existsSync(join(logs, 'app.log.3'))).toBe(true);
  expect(countLog(join(logs, 'app.log'), 20_000)).toEqual(allOf(20_000));
});
