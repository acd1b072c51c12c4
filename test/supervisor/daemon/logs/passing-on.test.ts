import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepLogs, startLines, startWriting } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { allOf, countLines, countLog, logParts, wholeLog } from '../../../helpers/numbered-lines.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const rotation = { maxBytes: 200_000, maxAgeMs: null, retain: 1_000, compress: false };

const setUp = (logs: Parameters<typeof aLoggingService>[1]) => {
  const home = aHome(makeTempDir());
  const service = aLoggingService(home, logs);
  return { home, service, log: service.logs.out ?? '', ...keepLogs(home) };
};

const spoolBytes = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

test('a burst before a crash is passed on whole, with stamps, and rotated', async () => {
  const { keeper, service, log, problems } = setUp({ dateFormat: 'HH:mm:ss', rotation });
  expect(await startLines(keeper, service, { COUNT: 20_000, BATCH: 20_000 }).ended).toBe(0);
  await keeper.detach(0);
  expect(countLog(log, 20_000, /^\d\d:\d\d:\d\d: line (\d+) é+ end$/)).toEqual(allOf(20_000));
  expect(logParts(log).length).toBeGreaterThan(1);
  expect(problems).toEqual([]);
});

test('a spool is emptied while its service writes, and nothing is lost, torn or doubled', async () => {
  const { home, keeper, service, log } = setUp({ dateFormat: '[s]' });
  const { ended } = startLines(keeper, service, { COUNT: 120_000, BATCH: 500, PAUSE: 3, SPLIT: 1, WIDTH: 180 });
  let most = 0;
  const watching = setInterval(() => (most = Math.max(most, spoolBytes(home.spool))), 10);
  await ended;
  clearInterval(watching);
  await keeper.detach(0);
  expect(countLog(log, 120_000, /^s: line (\d+) é+ end$/)).toEqual(allOf(120_000));
  expect(most).toBeLessThan(statSync(log).size * 0.75);
});

test('both streams stand in the combined log, and each in its own', async () => {
  const home = aHome(makeTempDir());
  const combined = join(home.logs, 'both.log');
  const { keeper } = keepLogs(home);
  const service = aLoggingService(home, { combined });
  const code = `for (let i = 0; i < 500; i++) { console.log('out ' + i); console.error('err ' + i); }`;
  await startWriting(keeper, service, [process.execPath, '-e', code]).ended;
  await keeper.detach(0);
  const linesOf = (path: string | null): readonly string[] =>
    readFileSync(path ?? '', 'utf8')
      .trimEnd()
      .split('\n');
  const numbered = (word: string): readonly string[] => Array.from({ length: 500 }, (_, n) => `${word} ${n}`);
  expect(linesOf(service.logs.out)).toEqual(numbered('out'));
  expect(linesOf(service.logs.error)).toEqual(numbered('err'));
  expect(linesOf(combined).filter((line) => line.startsWith('out'))).toEqual(numbered('out'));
  expect(linesOf(combined).filter((line) => line.startsWith('err'))).toEqual(numbered('err'));
});

test('an unfinished line waits for its rest, and is ended with its run', async () => {
  const { keeper, service, log } = setUp({ dateFormat: '[s]' });
  const { ended } = startWriting(keeper, service, ['/bin/sh', '-c', 'echo a; printf b; sleep 0.3; echo c; printf d']);
  await waitFor('the first line', () => existsSync(log) && readFileSync(log, 'utf8') === 's: a\n');
  await ended;
  await keeper.detach(0);
  expect(readFileSync(log, 'utf8')).toBe('s: a\ns: bc\ns: d\n');
});

test('a very long line is passed on in parts under one stamp', async () => {
  const { keeper, service, log } = setUp({ dateFormat: '[s]' });
  const code = `process.stdout.write('é'.repeat(600000)); process.stdout.write('\\nnext\\n')`;
  await startWriting(keeper, service, [process.execPath, '-e', code]).ended;
  await keeper.detach(0);
  expect(readFileSync(log, 'utf8')).toBe(`s: ${'é'.repeat(600_000)}\ns: next\n`);
});

test('what an earlier run left in a spool comes before what the next one says', async () => {
  const { home, keeper, service, log } = setUp({ dateFormat: '[s]' });
  writeFileSync(join(home.spool, '0-3.out'), 'left\nover\n');
  await startWriting(keeper, service, ['/bin/echo', 'new']).ended;
  await keeper.detach(0);
  expect(readFileSync(log, 'utf8')).toBe('s: left\ns: over\ns: new\n');
  expect(existsSync(join(home.spool, '0-3.out'))).toBe(false);
});

test('what is left of unknown services is removed', () => {
  const { home, keeper, service } = setUp({});
  writeFileSync(join(home.spool, '7-1.out'), 'x\n');
  writeFileSync(join(home.spool, '0-1.out'), 'y\n');
  keeper.recover([service]);
  expect(readdirSync(home.spool)).toEqual(['0-1.out']);
});

test('a log that is passed on and removed goes on in a new file', async () => {
  const { keeper, service, log } = setUp({ type: 'json' });
  const { ended } = startLines(keeper, service, { COUNT: 3_000, BATCH: 10, PAUSE: 2 });
  await waitFor('lines', () => existsSync(log) && statSync(log).size > 20_000);
  rmSync(log);
  await ended;
  await keeper.detach(0);
  const messages = wholeLog(log)
    .split('\n')
    .map((line) => (line === '' ? '' : (JSON.parse(line) as { readonly message: string }).message));
  expect(countLines(messages.join('\n'), 0)).toMatchObject({ torn: [], outOfOrder: 0 });
  expect(messages.at(-2)).toMatch(/^line 2999 /);
});
