import { rmSync } from 'node:fs';

import { timeRun } from '../../measure.mjs';
import { linesOf, until } from '../processes.mjs';
import { forEach, inTurn, pick } from '../rounds.mjs';
import { app, endTool, must, writeEcosystem } from '../tools.mjs';

const APPS = 50;
const LIMIT = { of: 'floor', most: 1.3 };

async function untilAllUp(file, begin) {
  rmSync(file, { force: true });
  const from = Date.now();
  const { wall } = await begin();
  if (!(await until(() => linesOf(file).length === APPS, { ms: 90_000, poll: 20 }))) throw new Error('not all came up');
  const last = Math.max(...linesOf(file).map((line) => Number(line.split(' ')[3])));
  return { wall, last: last - from };
}

async function supervised(tool) {
  const file = `${tool.cwd}/up.txt`;
  const apps = Array.from({ length: APPS }, (_, index) => ({
    name: `many-${index}`,
    script: app('serve.cjs'),
    args: ['0', file],
  }));
  const config = writeEcosystem(tool, apps);
  const run = await untilAllUp(file, () => must(tool, ['start', config]));
  await must(tool, ['delete', 'all']);
  return run;
}

async function atOnce({ cwd, place }) {
  const file = `${cwd}/plain.txt`;
  const argv = [app('all-at-once.cjs'), String(APPS), `${cwd}/plain.log`, app('serve.cjs'), '0', file];
  const run = await untilAllUp(file, () => timeRun([process.execPath, ...argv], place));
  for (const line of linesOf(file)) process.kill(Number(line.split(' ')[0]), 'SIGKILL');
  // The one who starts them is done long before they are up; nobody has to wait for less than that.
  return { ...run, wall: run.last };
}

/** 50 servers from one file. The floor starts them all at once and looks after none. */
export async function many({ tools, quick }) {
  const other = ['start', app('serve.cjs'), '--name', 'other'];
  for (const tool of tools) await must(tool, other);
  for (const tool of tools) await must(tool, ['delete', 'other']);
  const given = await inTurn(quick ? 2 : 5, { floor: () => atOnce(tools[0]), ...forEach(tools, supervised) });
  for (const tool of tools) await endTool(tool);
  return [
    {
      what: `${APPS} apps from one file: until the last listens`,
      unit: 'ms',
      ...pick(given, (r) => r.last),
      limit: LIMIT,
    },
    {
      what: `${APPS} apps from one file: until the command returns`,
      unit: 'ms',
      ...pick(given, (r) => r.wall),
      limit: LIMIT,
    },
  ];
}
