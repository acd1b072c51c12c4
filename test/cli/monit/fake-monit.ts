import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DevdoctorError } from '../../../src/model/error.ts';
import { colorPaint } from '../../../src/report/color-paint.ts';
import { runSession } from '../../../src/cli/monit/run-session.ts';
import { terminalScreen } from '../../../src/cli/monit/terminal-screen.ts';
import type { Supervisor } from '../../../src/supervisor/client/supervisor.ts';
import { aDetail, aRow } from './a-service.ts';
import { fakeSupervisor } from './fake-supervisor.ts';
import { viewOutput } from './view-output.ts';

/** Runs `monit` on a terminal with a supervisor that is not real: two services whose logs lie in the folder given. */
const folder = process.argv[2] ?? '.';
const logs = (name: string) => ({
  out: join(folder, `${name}.log`),
  error: join(folder, `${name}-error.log`),
  combined: null,
  dateFormat: null,
  merged: false,
  type: 'raw' as const,
  rotation: null,
});
const rows = [aRow(), aRow({ id: 1, name: 'เว็บ 🚀', ports: [] })];
const details = rows.map((row) => aDetail(row, { logs: logs(String(row.id)) }));

const isDown = (): boolean => existsSync(join(folder, 'down'));

const connect = (): Promise<Supervisor | null> => {
  if (isDown()) return Promise.resolve(null);
  const { supervisor } = fakeSupervisor({
    rows: () => {
      if (isDown()) throw new DevdoctorError('environment', 'the supervisor went away');
      if (existsSync(join(folder, 'broken')))
        setImmediate(() => {
          throw new Error('a fault of a test');
        });
      return rows;
    },
    details: () => details,
    acted: (words) => appendFileSync(join(folder, 'acted'), `${words}\n`),
  });
  return Promise.resolve(supervisor);
};

const main = async (): Promise<void> => {
  const first = await connect();
  if (first === null) throw new Error('nobody there');
  const pace = { listMs: 50, samplesMs: 50, detailsMs: 20, answerMs: 1_000, actMs: 1_000 };
  const openScreen = terminalScreen(process.stdin, process.stdout);
  appendFileSync(join(folder, 'pid'), String(process.pid));
  await runSession({ first, connect, viewOutput, notices: [], openScreen, paint: colorPaint(), now: Date.now, pace });
  process.stdout.write(`left ${readFileSync(join(folder, 'pid'), 'utf8').length > 0 ? 'in order' : ''}\n`);
};

await main();
