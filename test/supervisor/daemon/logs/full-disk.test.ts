import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepLogs, startLines } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { allOf, countLog, wholeLog } from '../../../helpers/numbered-lines.ts';
import { smallDisk, smallDiskTrouble } from '../../../helpers/small-disk.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

if (smallDiskTrouble !== null) console.warn(`not tested on a full disk: ${smallDiskTrouble}`);

/** A small disk, and where it is. */
const mounted = (size: string) => {
  const folder = join(makeTempDir(), 'disk');
  return { folder, ...smallDisk(folder, size) };
};

const freeOn = (disk: string): number => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};

test.skipIf(smallDiskTrouble !== null)(
  'stamped lines wait while the disk of their log is full, and all of them come',
  async () => {
    const { folder, fill, free } = mounted('1m');
    const home = aHome(makeTempDir());
    const log = join(folder, 'app.log');
    fill();
    const { keeper, problems } = keepLogs(home);
    const service = aLoggingService(home, { out: log, dateFormat: '[at] YYYY' });
    const { ended } = startLines(keeper, service, { COUNT: 6_000, BATCH: 20, PAUSE: 1 });
    expect(await ended).toBe(0);
    await keeper.detach(0);
    await waitFor('a complaint', () => problems.length > 0);
    expect(problems).toEqual([expect.stringContaining('its disk is full (ENOSPC). Lines wait until it can.')]);
    free();
    const shape = /^at \d{4}: line (\d+) é+ end$/;
    await waitFor('all lines', () => countLog(log, 6_000, shape).missing === 0);
    expect(countLog(log, 6_000, shape)).toEqual(allOf(6_000));
  },
);

test.skipIf(smallDiskTrouble !== null)('logs make room for themselves on a small disk, and never fill it', async () => {
  const { folder: disk } = mounted('3m');
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
  expect(wholeLog(log)).toMatch(/line 59999 é+ end\n$/);
});

test.skipIf(smallDiskTrouble !== null)(
  'a home on a full disk keeps rotating, since its own files have their room',
  async () => {
    const { folder: disk, fill } = mounted('2m');
    const home = aHome(disk);
    const logs = makeTempDir();
    const { keeper } = keepLogs(home);
    const rotation = { maxBytes: 100_000, maxAgeMs: null, retain: 1_000, compress: false };
    const service = aLoggingService(home, { out: join(logs, 'app.log'), rotation });
    const { ended } = startLines(keeper, service, { COUNT: 20_000, BATCH: 20, PAUSE: 1 });
    fill();
    expect(freeOn(disk)).toBe(0);
    await ended;
    await keeper.detach(0);
    expect(existsSync(join(logs, 'app.log.3'))).toBe(true);
    expect(countLog(join(logs, 'app.log'), 20_000)).toEqual(allOf(20_000));
  },
);
