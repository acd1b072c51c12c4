import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { wholeLog } from '../../helpers/numbered-lines.ts';
import { processorMs } from '../../helpers/processor-time.ts';
import { smallDisk, smallDiskTrouble } from '../../helpers/small-disk.ts';
import { fixtureApp, isAlive, supervised, type App } from '../../helpers/supervisor.ts';
import { waitFor } from '../../helpers/wait-for.ts';

const WATCHED_MS = 2_000;
const MOST_CPU_SHARE = 0.05;

if (smallDiskTrouble !== null) afterAll(() => console.warn(`skipped: ${smallDiskTrouble}`));

const SPEAKERS = ['console', 'write'].flatMap((how) =>
  ['plain', 'dated'].map((kind) => ({ how, kind, name: `${how}-${kind}` })),
);

const apps = (logs: string): readonly App[] =>
  SPEAKERS.map(({ how, kind, name }) =>
    fixtureApp(name, 'service-says.mjs', {
      env: { HOW: how, BATCH: '5', TEXT: 'é'.repeat(40) },
      out_file: join(logs, `${name}.log`),
      ...(kind === 'dated' ? { log_date_format: '[at] HH:mm:ss.SSS' } : {}),
    }),
  );

const LINE = /^(?:at \d\d:\d\d:\d\d\.\d{3}: )?line (\d+) é{40} end$/;

const numbersIn = (log: string): readonly number[] =>
  (existsSync(log) ? wholeLog(log) : '').split('\n').flatMap((line) => {
    const number = LINE.exec(line)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

const lastOf = (log: string): number => numbersIn(log).at(-1) ?? -1;

const badLines = (log: string): readonly string[] =>
  wholeLog(log)
    .split('\n')
    .filter((line) => line !== '' && !LINE.test(line));

describe.skipIf(smallDiskTrouble !== null)('a full disk', () => {
  test.each(['logs', 'spool'])(
    'below the %s ends nobody, and lines are written again once there is room',
    async (part) => {
      const it = supervised();
      const logs = join(it.folder, 'logs');
      const disk = smallDisk(part === 'logs' ? logs : it.home.spool, '1m');
      expect(await it.start(apps(logs))).toMatchObject({ code: 0 });
      const files = SPEAKERS.map(({ name }) => join(logs, `${name}.log`));
      await waitFor('lines of all', () => files.every((file) => lastOf(file) > 100));
      const before = await it.show();
      const daemon = await it.answering();

      disk.fill();
      const full = files.map(lastOf);
      const cpu = processorMs(daemon);
      await delay(WATCHED_MS);
      const used = processorMs(daemon) - cpu;
      expect(isAlive(daemon)).toBe(true);
      expect(used).toBeLessThan(WATCHED_MS * MOST_CPU_SHARE);
      const meanwhile = await it.show();
      expect(meanwhile.map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
      expect(meanwhile.map(({ restarts }) => restarts)).toEqual([0, 0, 0, 0]);
      // What a service cannot write itself, nobody else sees.
      if (part === 'logs') expect(readFileSync(it.home.daemonLog, 'utf8')).toContain('ENOSPC');

      disk.free();
      await waitFor('new lines of all', () => files.every((file, index) => lastOf(file) > (full[index] ?? 0) + 300));
      expect((await it.show()).map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
      expect(await it.answering()).toBe(daemon);
      expect(await it.run(['stop', 'all'])).toMatchObject({ code: 0 });
      for (const [index, file] of files.entries()) {
        const numbers = numbersIn(file);
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        // The line at which the disk became full may be cut off, and nothing else is.
        expect(badLines(file).length, file).toBeLessThanOrEqual(2);
        // What was passed on late was kept meanwhile, since its spool had room.
        if (part === 'logs' && SPEAKERS[index]?.kind === 'dated') {
          expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, number) => number));
        }
      }
    },
  );
});
