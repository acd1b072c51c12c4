import { existsSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeLogMarks, logIndexPath } from '../../../../src/supervisor/state/log-index.ts';
import { keepLogs, startLines, startWriting } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { wholeLog } from '../../../helpers/numbered-lines.ts';
import { waitFor } from '../../../helpers/wait-for.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const setUp = (logs: Parameters<typeof aLoggingService>[1] = {}) => {
  const home = aHome(makeTempDir());
  const service = aLoggingService(home, logs);
  return { home, service, log: service.logs.out ?? '', errors: service.logs.error ?? '', ...keepLogs(home) };
};

const sh = (code: string): readonly [string, ...string[]] => ['/bin/sh', '-c', code];
const rotation = { maxBytes: 20_000, maxAgeMs: null, retain: 50, compress: false };

test('the index tells how long a log was when, and rotation begins a new run', async () => {
  const { home, keeper, service, log } = setUp({ rotation });
  const begin = Date.now();
  await startLines(keeper, service, { COUNT: 2_000, BATCH: 10, PAUSE: 4 }).ended;
  await keeper.detach(0);
  const marks = decodeLogMarks(readFileSync(logIndexPath(home, log)));
  const { ino, size } = statSync(log);
  expect(marks.at(-1)).toMatchObject({ inode: ino, offset: size });
  expect(marks.every(({ at }, place) => at >= (marks[place - 1]?.at ?? begin - 1_000))).toBe(true);
  const falls = marks.filter(({ offset }, place) => offset < (marks[place - 1]?.offset ?? 0)).length;
  const parts = readdirSync(home.logs).filter((name) => /out\.log\.\d+$/.test(name)).length;
  expect(parts).toBeGreaterThan(0);
  expect(falls).toBe(parts);
  expect(statSync(logIndexPath(home, log)).mode & 0o777).toBe(0o600);
});

test('the tail is what the run wrote to its errors', async () => {
  const { keeper, service, log, errors } = setUp();
  writeFileSync(log, 'earlier out\n');
  writeFileSync(errors, 'earlier error\n');
  await startWriting(keeper, service, sh('echo said; echo wrong >&2')).ended;
  await keeper.detach(0);
  expect(keeper.tail(0, 1_000)).toEqual({ text: 'wrong\n', file: errors });
  expect(keeper.tail(0, 4)).toEqual({ text: 'ong\n', file: errors });
  expect(keeper.tail(9, 1_000)).toBeNull();
});

test('the tail is output when there are no errors, and nothing when there is neither', async () => {
  const { keeper, service, log, errors } = setUp();
  writeFileSync(errors, 'earlier error\n');
  await startWriting(keeper, service, sh('echo said')).ended;
  await keeper.detach(0);
  expect(keeper.tail(0, 1_000)).toEqual({ text: 'said\n', file: log });
  await startWriting(keeper, service, sh('true')).ended;
  await keeper.detach(0);
  expect(keeper.tail(0, 1_000)).toBeNull();
});

test('the tail reaches into what was rotated since the run began, and no further', async () => {
  const { keeper, service, errors } = setUp({ rotation });
  writeFileSync(errors, `${'e'.repeat(5_000)}\n`);
  const { ended } = startWriting(
    keeper,
    service,
    sh(`printf '%0.sx' $(seq 19000) >&2; echo >&2; sleep 1; echo last >&2`),
  );
  await waitFor('a rotation', () => existsSync(`${errors}.1`));
  await ended;
  await keeper.detach(0);
  expect(keeper.tail(0, 100_000)?.text).toBe(`${'x'.repeat(19_000)}\nlast\n`);
  expect(keeper.tail(0, 10)?.text).toBe('xxxx\nlast\n');
});

test('the tail of a log that was emptied since is what came later', async () => {
  const { keeper, service, log } = setUp();
  writeFileSync(log, 'earlier\n'.repeat(20));
  const { ended } = startWriting(keeper, service, sh('echo one; sleep 0.4; echo two'));
  await waitFor('a line', () => readFileSync(log, 'utf8').endsWith('one\n'));
  truncateSync(log);
  await ended;
  await keeper.detach(0);
  expect(keeper.tail(0, 1_000)?.text).toBe('two\n');
});

test.each([
  ['written by the service', {}],
  ['passed on', { type: 'json' as const }],
])('flush empties a log, %s, with all its parts, and what comes later is kept', async (_, logs) => {
  const { home, keeper, service, log } = setUp({ rotation, ...logs });
  const { ended } = startLines(keeper, service, { COUNT: 3_000, BATCH: 10, PAUSE: 3 });
  await waitFor('parts', () => existsSync(`${log}.2`));
  await keeper.flush(service);
  expect(existsSync(`${log}.1`)).toBe(false);
  // It may have written again by now.
  expect(statSync(log).size).toBeLessThan(10_000);
  expect(existsSync(logIndexPath(home, log))).toBe(false);
  await ended;
  await keeper.detach(0);
  expect(wholeLog(log)).toContain('line 2999 ');
});

test('flush empties the logs of a service that does not run, and needs none to be there', async () => {
  const { keeper, service, log } = setUp();
  await keeper.flush(service);
  writeFileSync(log, 'text\n');
  writeFileSync(`${log}.1`, 'text\n');
  await keeper.flush(service);
  expect(statSync(log).size).toBe(0);
  expect(existsSync(`${log}.1`)).toBe(false);
});

test('a service that closes its streams is no trouble', async () => {
  const { keeper, service, problems } = setUp({ rotation });
  await startWriting(keeper, service, sh('exec >&- 2>&-; sleep 0.3')).ended;
  await keeper.detach(0);
  expect(problems).toEqual([]);
});

test('a keeper leaves nothing open', async () => {
  const { keeper, service } = setUp({ dateFormat: 'HH' });
  const open = (): number => readdirSync('/proc/self/fd').length;
  await startWriting(keeper, service, sh('echo a')).ended;
  await keeper.detach(0);
  const before = open();
  for (let round = 0; round < 5; round += 1) {
    await startWriting(keeper, service, sh('echo a')).ended;
    await keeper.detach(0);
  }
  await waitFor('all to be closed', () => open() <= before + 1);
});
