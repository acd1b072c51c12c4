import { setTimeout as sleep } from 'node:timers/promises';

import { isAlive, linesOf, until } from '../processes.mjs';
import { app, endTool, must, servicePids, writeEcosystem } from '../tools.mjs';

const APPS = 10;
const SETTLE_MS = 3_000;

async function startAll(tool, script) {
  const file = `${tool.cwd}/${script}.txt`;
  const args = script === 'deaf.cjs' ? [file] : ['0', file];
  const apps = Array.from({ length: APPS }, (_, index) => ({ name: `${index}-${script}`, script: app(script), args }));
  await must(tool, ['start', writeEcosystem(tool, apps)]);
  if (!(await until(() => linesOf(file).length === APPS, { ms: 60_000 }))) throw new Error(`${tool.id}: apps not up`);
  return linesOf(file).map((line) => Number(line.split(' ')[0]));
}

async function stopDeaf(tool) {
  const pids = await startAll(tool, 'deaf.cjs');
  const { wall } = await must(tool, ['stop', 'all']);
  const left = pids.filter(isAlive).length;
  await must(tool, ['delete', 'all']);
  return { wall, left };
}

/** Kills what keeps the services, and asks for the list, as somebody would. */
async function killDaemon(tool) {
  await startAll(tool, 'serve.cjs');
  const before = await servicePids(tool);
  for (const pid of tool.daemons()) process.kill(pid, 'SIGKILL');
  await must(tool, ['list']);
  await sleep(SETTLE_MS);
  const after = await servicePids(tool);
  const alive = [...before.values()].filter(isAlive).length;
  const same = [...before].filter(([name, pid]) => after.get(name) === pid && isAlive(pid)).length;
  return { alive, same };
}

/** Facts that have no limit of speed: what happens to services when things go wrong. */
export async function faults({ tools }) {
  const found = Object.fromEntries(tools.map(({ id }) => [id, {}]));
  for (const tool of tools) found[tool.id] = { ...(await stopDeaf(tool)), ...(await killDaemon(tool)) };
  for (const tool of tools) await endTool(tool);
  const of = (value) => Object.fromEntries(tools.map(({ id }) => [id, [value(found[id])]]));
  return [
    { what: `\`stop all\` of ${APPS} apps deaf to SIGINT: wall`, unit: 'ms', ...of((f) => f.wall), limit: null },
    { what: 'the same: apps that are left', unit: 'apps', ...of((f) => f.left), limit: { of: 'own', most: 0 } },
    {
      what: `kill -9 of all that keeps ${APPS} services: those alive`,
      unit: 'apps',
      ...of((f) => f.alive),
      limit: null,
    },
    { what: 'the same: listed afterwards with the same pid', unit: 'apps', ...of((f) => f.same), limit: null },
  ];
}
