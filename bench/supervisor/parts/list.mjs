import { timeRun } from '../../measure.mjs';
import { linesOf, until } from '../processes.mjs';
import { forEach, inTurn, pick } from '../rounds.mjs';
import { app, endTool, must, writeEcosystem } from '../tools.mjs';

const LIMIT = { of: 'pm2', most: 0.5 };

async function startApps(tool, count) {
  const log = `${tool.cwd}/up-${count}.txt`;
  const apps = Array.from({ length: count }, (_, index) => ({
    name: `app-${count}-${index}`,
    script: app('serve.cjs'),
    args: ['0', log],
  }));
  await must(tool, ['start', writeEcosystem(tool, apps)]);
  if (!(await until(() => linesOf(log).length === count, { ms: 60_000 }))) throw new Error(`${tool.id}: apps not up`);
}

async function measure(tools, count, rounds) {
  const floor = async () => timeRun([process.execPath, '-e', '0'], tools[0].place);
  const rows = [];
  for (const command of ['list', 'jlist']) {
    const given = await inTurn(rounds, { ...forEach(tools, (tool) => must(tool, [command])), floor });
    const what = `\`${command}\`, ${count} app${count === 1 ? '' : 's'}`;
    rows.push({ what: `${what}: CPU`, unit: 'ms', ...pick(given, (run) => run.cpu), limit: LIMIT });
    rows.push({ what: `${what}: wall`, unit: 'ms', ...pick(given, (run) => run.wall), limit: null });
  }
  return rows;
}

/** Looking at services: the whole process of the command. The floor is `node -e 0`. */
export async function list({ tools, quick }) {
  const rounds = quick ? 5 : 15;
  for (const tool of tools) await startApps(tool, 1);
  const few = await measure(tools, 1, rounds);
  for (const tool of tools) await must(tool, ['delete', 'all']);
  for (const tool of tools) await startApps(tool, 50);
  const many = await measure(tools, 50, rounds);
  for (const tool of tools) await endTool(tool);
  return [...few, ...many];
}
