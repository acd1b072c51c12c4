import { connect } from 'node:net';

import { timeRun } from '../../measure.mjs';
import { cpuNow, cpuSince, linesOf, until } from '../processes.mjs';
import { forEach, inTurn, pick } from '../rounds.mjs';
import { app, endTool, must, writeEcosystem } from '../tools.mjs';

const CPU = { of: 'pm2', most: 0.5 };
const COLD = { of: 'pm2', most: 0.6 };

const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });

const portOf = (tool) => (tool.id === 'own' ? 3101 : 3102);
const upFile = (tool) => `${tool.cwd}/up.txt`;

/** A start, until the app it started listens. */
async function startOnce(tool, words) {
  const before = linesOf(upFile(tool)).length;
  const daemons = cpuNow(tool.daemons());
  const from = Date.now();
  const run = await must(tool, words);
  const isUp = await listens(portOf(tool));
  if (!(await until(() => linesOf(upFile(tool)).length > before, { poll: 2 }))) throw new Error(`${tool.id}: not up`);
  const upAt = Number(linesOf(upFile(tool)).at(-1).split(' ')[3]);
  return { ...run, isUp, up: upAt - from, whole: run.cpu + cpuSince(daemons, tool.daemons()) };
}

const fileWords = (tool, before) => [
  'start',
  writeEcosystem(
    tool,
    [
      {
        name: 'warm',
        script: app('serve.cjs'),
        args: [String(portOf(tool)), upFile(tool)],
        env: { PORT: String(portOf(tool)) },
      },
    ],
    before,
  ),
];

const words = {
  script: (tool) => ['start', app('serve.cjs'), '--name', 'warm', '--', String(portOf(tool)), upFile(tool)],
  data: (tool) => fileWords(tool, ''),
  program: (tool) => fileWords(tool, "const path = require('node:path');\n"),
};

function rowsOf(what, given, limit) {
  const floorless = Object.fromEntries(Object.entries(given).filter(([id]) => id !== 'floor'));
  return [
    { what: `${what}: CPU of the command`, unit: 'ms', ...pick(given, (run) => run.cpu), limit },
    { what: `${what}: CPU with the daemon's share`, unit: 'ms', ...pick(floorless, (run) => run.whole), limit: null },
    { what: `${what}: until the command returns`, unit: 'ms', ...pick(given, (run) => run.wall), limit: null },
    { what: `${what}: until the app listens`, unit: 'ms', ...pick(floorless, (run) => run.up), limit: null },
    {
      what: `${what}: the app listens when the command returns`,
      unit: '% of the runs',
      ...pick(floorless, (run) => (run.isUp ? 100 : 0)),
      combine: 'mean',
      limit: null,
    },
  ];
}

/** Starting one server while the daemon runs. The floor is `node -e 0`. */
export async function start({ tools, quick }) {
  const rounds = quick ? 5 : 15;
  const floor = async () => timeRun([process.execPath, '-e', '0'], tools[0].place);
  const rows = [];
  const other = ['start', app('serve.cjs'), '--name', 'other'];
  for (const tool of tools) await must(tool, other);
  for (const [kind, label] of [
    ['script', '`start app.js`'],
    ['data', '`start ecosystem.config.js`'],
    ['program', '`start ecosystem.config.js` that has to be run'],
  ]) {
    const once = async (tool) => {
      const run = await startOnce(tool, words[kind](tool));
      await must(tool, ['delete', 'warm']);
      return run;
    };
    rows.push(...rowsOf(`warm ${label}`, await inTurn(rounds, { ...forEach(tools, once), floor }), CPU));
  }
  for (const tool of tools) await endTool(tool);
  return rows;
}

/** Starting one server while no daemon runs. */
export async function cold({ tools, quick }) {
  const once = async (tool) => {
    const run = await startOnce(tool, words.script(tool));
    await endTool(tool);
    return run;
  };
  const given = await inTurn(quick ? 5 : 11, forEach(tools, once));
  const [cpu, whole, wall, up, isUp] = rowsOf('cold `start app.js`', given, COLD);
  return [{ ...wall, limit: COLD }, cpu, { ...whole, limit: COLD }, up, isUp];
}
