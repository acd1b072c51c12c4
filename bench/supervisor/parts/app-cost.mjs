import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { ended } from '../../measure.mjs';
import { cpuNow, cpuSince, linesOf, memoryOf, until } from '../processes.mjs';
import { inTurn, pick } from '../rounds.mjs';
import { app, endTool, must } from '../tools.mjs';

const SETTLE_MS = 3_000;
/** Two medians of the same program differ by as much. */
const NOISE = 1.05;
const IDLE_NOISE_MS = 5;

async function firstLine(file, before) {
  if (!(await until(() => linesOf(file).length > before, { poll: 5 }))) throw new Error(`nothing came up in ${file}`);
  const [pid, sinceBirth, cpu] = linesOf(file).at(-1).split(' ').map(Number);
  return { pid, sinceBirth, cpu };
}

function plainStarter(tool) {
  const file = `${tool.cwd}/plain.txt`;
  const log = openSync(`${tool.cwd}/plain.log`, 'a');
  return async () => {
    const before = linesOf(file).length;
    const child = spawn(process.execPath, [app('serve.cjs'), '0', file], {
      cwd: tool.cwd,
      env: tool.place.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    const end = async () => {
      child.kill('SIGKILL');
      await ended(child);
    };
    return { ...(await firstLine(file, before)), end };
  };
}

const supervisedStarter = (tool) => async () => {
  const file = `${tool.cwd}/up.txt`;
  const before = linesOf(file).length;
  await must(tool, ['start', app('serve.cjs'), '--name', 'app', '--', '0', file]);
  return { ...(await firstLine(file, before)), end: () => must(tool, ['delete', 'app']) };
};

/** What an app itself costs: supervised, and as plain `node app.js`, which is the floor. All idle over the same time. */
export async function appCost({ tools, quick }) {
  const seconds = quick ? 3 : 10;
  const starters = {
    floor: plainStarter(tools[0]),
    ...Object.fromEntries(tools.map((tool) => [tool.id, supervisedStarter(tool)])),
  };
  const round = async (number) => {
    const running = [];
    // Who comes first meets another machine than who comes last, so each is first in its turn.
    const order = Object.entries(starters);
    const first = (number + order.length) % order.length;
    for (const [id, begin] of [...order.slice(first), ...order.slice(0, first)]) running.push([id, await begin()]);
    await sleep(SETTLE_MS);
    const before = new Map(running.map(([id, { pid }]) => [id, cpuNow([pid])]));
    await sleep(seconds * 1_000);
    const found = running.map(([id, { pid, sinceBirth, cpu }]) => {
      const idle = cpuSince(before.get(id)) * (60 / seconds);
      return [id, { ...memoryOf([pid]), sinceBirth, cpu, idle }];
    });
    for (const [, { end }] of running) await end();
    return Object.fromEntries(found);
  };
  const { all } = await inTurn(quick ? 3 : 12, { all: round });
  for (const tool of tools) await endTool(tool);
  const of = (value) => pick(Object.fromEntries(Object.keys(starters).map((id) => [id, all.map((r) => r[id])])), value);
  const limit = { of: 'floor', most: NOISE };
  return [
    { what: 'an app: resident memory', unit: 'MB', ...of((run) => run.rss), limit },
    { what: 'an app: private memory', unit: 'MB', ...of((run) => run.own), limit },
    { what: 'an app: from its birth until it listens', unit: 'ms', ...of((run) => run.sinceBirth), limit },
    { what: 'an app: its CPU until it listens', unit: 'ms', ...of((run) => run.cpu), limit },
    {
      what: 'an app: idle CPU per minute',
      unit: 'ms',
      ...of((run) => run.idle),
      limit: { of: 'floor', over: IDLE_NOISE_MS },
    },
  ];
}
