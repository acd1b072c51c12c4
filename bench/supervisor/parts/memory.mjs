import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { linesOf, until } from '../processes.mjs';
import { app, endTool, must, writeEcosystem } from '../tools.mjs';

const LIMIT = { of: 'own', most: 5_000 };
const PATIENCE_MS = 60_000;

const timesOf = (file, what) =>
  linesOf(file)
    .filter((line) => line.startsWith(what))
    .map((line) => Number(line.split(' ')[1]));

/** From having taken too much memory until it has started again; `undefined` when that does not come in a minute. */
async function grow(tool, words, name, lifeMs) {
  const file = `${tool.cwd}/${name}.txt`;
  const trigger = `${tool.cwd}/${name}.go`;
  const service = { name, script: app('grow.cjs'), args: [file, trigger, ...words], max_memory_restart: '150M' };
  await must(tool, ['start', writeEcosystem(tool, [{ ...service, min_uptime: 500 }])]);
  if (!(await until(() => linesOf(file).length > 0))) throw new Error(`${tool.id}: ${name} did not start`);
  // Looks of a supervisor come in a rhythm: begun at different points of it, they are met evenly.
  await sleep(lifeMs);
  writeFileSync(trigger, '');
  if (!(await until(() => timesOf(file, 'grown').length > 0))) throw new Error(`${tool.id}: ${name} did not grow`);
  const isAgain = await until(() => timesOf(file, 'started').length > 1, { ms: PATIENCE_MS, poll: 5 });
  const took = isAgain ? timesOf(file, 'started')[1] - timesOf(file, 'grown')[0] : undefined;
  await must(tool, ['delete', name]);
  return took;
}

const CASES = [
  { what: 'an app grows to 250 MB', words: ['250'] },
  { what: 'a child of an app grows to 400 MB', words: ['400', 'child'] },
];

/** An app that uses more than its `max_memory_restart` of 150 MB: until it has been restarted. */
export async function memory({ tools, quick }) {
  const rounds = quick ? 3 : 7;
  const rows = [];
  for (const [number, { what, words }] of CASES.entries()) {
    const given = Object.fromEntries(tools.map((tool) => [tool.id, []]));
    for (const tool of tools) {
      // PM2 looks every half a minute, so few rounds of it are waited for.
      const times = tool.id === 'pm2' ? (quick ? 0 : 2) : rounds;
      for (let round = 0; round < times; round += 1) {
        given[tool.id].push(await grow(tool, words, `grow-${number}-${round}`, 1_000 + (2_000 / times) * round));
      }
    }
    rows.push({ what: `${what}, limit 150 MB: until restarted`, unit: 'ms', ...given, combine: 'max', limit: LIMIT });
  }
  for (const tool of tools) if (tool.daemons().length > 0) await endTool(tool);
  return rows;
}
