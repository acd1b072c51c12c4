import { createReadStream, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';

import { cpuNow, cpuSince, until } from '../processes.mjs';
import { inTurn, pick } from '../rounds.mjs';
import { app, endTool, must, writeEcosystem } from '../tools.mjs';

const DATE = 'YYYY-MM-DD HH:mm:ss';
const DATED = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d: /;
const LINE = /^(\d{8}) x{90}$/;
/** What a tool does after the last line, such as looking whether there is more, is a part of its cost. */
const AFTER_MS = 500;

const CASES = [
  { what: 'batches', batch: 200, options: {}, limit: { of: 'pm2', most: 0.02 } },
  { what: 'one write per line', batch: 1, options: {}, limit: { of: 'pm2', most: 0.02 } },
  {
    what: 'batches, log_date_format',
    batch: 200,
    options: { log_date_format: DATE },
    limit: { of: 'pm2', most: 0.5 },
    isDated: true,
  },
];

const partsOf = (folder) =>
  readdirSync(folder)
    .filter((name) => name.startsWith('out'))
    .map((name) => join(folder, name));

/** Which lines are there whole, and how many are not what was printed. */
async function countLines(folder, total, isDated) {
  const seen = new Uint8Array(total);
  let cut = 0;
  for (const file of partsOf(folder)) {
    const raw = createReadStream(file);
    for await (const line of createInterface({ input: file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw })) {
      const text = isDated ? line.replace(DATED, '') : line;
      const isRight = !isDated || text !== line;
      const number = LINE.exec(text)?.[1];
      if (number !== undefined && isRight) seen[Number(number)] += 1;
      else if (text !== 'done') cut += 1;
    }
  }
  return { lost: total - seen.filter((times) => times === 1).length, cut };
}

async function isDone(folder) {
  const file = join(folder, 'out.log');
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size === 0) return false;
  let tail = '';
  for await (const chunk of createReadStream(file, { start: Math.max(0, size - 100) })) tail += chunk;
  return tail.endsWith('done\n');
}

async function print(tool, { batch, options, isDated = false }, lines) {
  const folder = join(tool.cwd, 'logs');
  const trigger = join(tool.cwd, 'go');
  const service = {
    name: 'printer',
    script: app('print.cjs'),
    args: [String(lines), String(batch), trigger],
    out_file: join(folder, 'out.log'),
    error_file: join(folder, 'error.log'),
    min_uptime: 200,
    ...options,
  };
  await must(tool, ['start', writeEcosystem(tool, [service])]);
  await sleep(1_000);
  const before = cpuNow(tool.daemons());
  const from = performance.now();
  writeFileSync(trigger, '');
  const isComplete = await until(() => isDone(folder), { ms: 120_000, poll: 25 });
  const wall = isComplete ? performance.now() - from : undefined;
  await sleep(AFTER_MS);
  const cpu = cpuSince(before);
  await must(tool, ['delete', 'printer']);
  const counted = await countLines(folder, lines, isDated);
  for (const path of [folder, trigger]) rmSync(path, { recursive: true, force: true });
  return { cpu, wall, ...counted };
}

/** Rotation is devdoctor's own; beside PM2, which has none, it is off, and here it is as it comes, but keeps all. */
async function rotated(tool, lines, rounds) {
  const options = { log_rotate: { max_size: '10M', retain: 100 } };
  const { own } = await inTurn(rounds, { own: () => print(tool, { batch: 200, options }, lines) });
  const what = `${lines.toLocaleString('en-US')} lines, batches, rotated at 10 MB and compressed`;
  return [
    { what: `${what}: lost`, unit: 'lines', own: own.map((run) => run.lost), limit: { of: 'own', most: 0 } },
    { what: `${what}: CPU of the daemon`, unit: 'ms', own: own.map((run) => run.cpu), limit: null },
  ];
}

async function measure(tools, one, lines, rounds) {
  const ours = tools.map((tool) =>
    tool.id === 'own' ? [tool, { ...one, options: { ...one.options, log_rotate: false } }] : [tool, one],
  );
  const runners = Object.fromEntries(ours.map(([tool, wanted]) => [tool.id, () => print(tool, wanted, lines)]));
  const given = await inTurn(rounds, runners);
  const what = `${lines.toLocaleString('en-US')} lines, ${one.what}`;
  return [
    { what: `${what}: CPU of the daemon`, unit: 'ms', ...pick(given, (run) => run.cpu), limit: one.limit },
    {
      what: `${what}: lost or cut`,
      unit: 'lines',
      ...pick(given, ({ lost, cut }) => Math.max(lost, cut)),
      combine: 'max',
      limit: { of: 'own', most: 0 },
    },
    { what: `${what}: until all are in the file`, unit: 'ms', ...pick(given, (run) => run.wall), limit: null },
  ];
}

/** An app that prints: what of it is in the log, and what that costs the daemon. */
export async function logs({ tools, quick }) {
  const other = ['start', app('serve.cjs'), '--name', 'other'];
  for (const tool of tools) await must(tool, other);
  const rows = [];
  for (const one of CASES) {
    const lines = quick ? (one.batch === 1 ? 100_000 : 200_000) : 1_000_000;
    rows.push(...(await measure(tools, one, lines, quick ? 1 : 3)));
  }
  rows.push(...(await rotated(tools[0], quick ? 200_000 : 1_000_000, quick ? 1 : 3)));
  for (const tool of tools) await endTool(tool);
  return rows;
}
