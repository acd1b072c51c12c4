import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keepLogs, startLines } from '../../../helpers/log-keeping.ts';
import { aHome, aLoggingService } from '../../../helpers/log-service.ts';
import { allOf, countLog, logParts } from '../../../helpers/numbered-lines.ts';
import { makeTempDir } from '../../../helpers/with-temp-dir.ts';

const rotation = (maxBytes: number, retain = 1000) => ({ maxBytes, maxAgeMs: null, retain, compress: true });

test.each([
  ['whole lines', {}],
  ['writes that end within a line', { SPLIT: 1 }],
])('a log is rotated while a service writes %s, and no line is lost, torn or doubled', async (_, env) => {
  const home = aHome(makeTempDir());
  const { keeper, problems } = keepLogs(home);
  const service = aLoggingService(home, { rotation: rotation(100_000) });
  const { ended } = startLines(keeper, service, { COUNT: 60_000, BATCH: 20, PAUSE: 1, ...env });
  await ended;
  await keeper.detach(0);
  const log = service.logs.out ?? '';
  expect(problems).toEqual([]);
  expect(countLog(log, 60_000)).toEqual(allOf(60_000));
  const parts = logParts(log);
  console.log(parts.length, Math.max(...parts.map((p) => statSync(p).size)));
  expect(parts.length).toBeGreaterThan(10);
  expect(parts.every((part) => (statSync(part).mode & 0o777) === 0o600)).toBe(true);
});
