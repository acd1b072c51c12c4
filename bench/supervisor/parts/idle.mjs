import { setTimeout as sleep } from 'node:timers/promises';

import { cpuNow, cpuSince, linesOf, memoryOf, until } from '../processes.mjs';
import { app, endTool, must, writeEcosystem } from '../tools.mjs';

const APPS = 50;
/** Both look closer at what was just started; this is about what has been running. */
const SETTLE_MS = 60_000;

async function startAll(tool) {
  const log = `${tool.cwd}/up.txt`;
  const apps = Array.from({ length: APPS }, (_, index) => ({
    name: `idle-${index}`,
    script: app('serve.cjs'),
    args: ['0', log],
  }));
  await must(tool, ['start', writeEcosystem(tool, apps)]);
  if (!(await until(() => linesOf(log).length === APPS, { ms: 90_000 }))) throw new Error(`${tool.id}: apps not up`);
}

const shown = (tools, value) => Object.fromEntries(tools.map((tool) => [tool.id, [value(tool)]]));

/** What it costs to have 50 idle servers supervised. Both tools are watched over the same minute. */
export async function idle({ tools, quick }) {
  const seconds = quick ? 20 : 60;
  for (const tool of tools) await startAll(tool);
  await sleep(SETTLE_MS);
  const before = new Map(tools.map((tool) => [tool.id, cpuNow(tool.daemons())]));
  await sleep(seconds * 1_000);
  const cpu = shown(tools, (tool) => cpuSince(before.get(tool.id), tool.daemons()) * (60 / seconds));
  const memory = new Map(tools.map((tool) => [tool.id, memoryOf(tool.daemons())]));
  const ofMemory = (kind) => shown(tools, (tool) => memory.get(tool.id)[kind]);
  for (const tool of tools) await endTool(tool);
  const what = `daemon, ${APPS} idle apps`;
  return [
    { what: `${what}: CPU per minute`, unit: 'ms', ...cpu, limit: { of: 'pm2', most: 0.1 } },
    { what: `${what}: PSS`, unit: 'MB', ...ofMemory('pss'), limit: { of: 'pm2', most: 1 } },
    { what: `${what}: private memory`, unit: 'MB', ...ofMemory('own'), limit: null },
  ];
}
