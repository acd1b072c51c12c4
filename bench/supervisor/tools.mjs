import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { timeRun } from '../measure.mjs';
import { isAlive, pidsOf, until } from './processes.mjs';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A program of the bench that is to be supervised. */
export const app = (name) => file(`apps/${name}`);

/** The shim that stands above each service. */
export const SHIM = file('../../dist/supervisor/shim.sh');

function makeTool({ id, bin, home, daemonText }, { scratch, env }) {
  const folder = join(scratch, id);
  const cwd = join(folder, 'project');
  mkdirSync(cwd, { recursive: true });
  const place = { cwd, scratch: folder, env: { ...env, TMPDIR: folder, HOME: folder, [home]: join(folder, 'home') } };
  return {
    id,
    cwd,
    place,
    argv: (words) => [process.execPath, bin, ...words],
    /** Whatever keeps services: the daemon, and who keeps the daemon. */
    daemons: () => pidsOf(daemonText).filter(isAlive),
  };
}

/**
 * devdoctor, and PM2 where it could be installed, each with a home, a temporary folder and a project of its own.
 * @param {{ scratch: string, pm2: string | null }} order
 */
export function makeTools({ scratch, pm2 }) {
  const place = { scratch, env: process.env };
  const own = {
    id: 'own',
    bin: file('../../bin/devdoctor.cjs'),
    home: 'DEVDOCTOR_HOME',
    daemonText: 'devdoctord.cjs',
  };
  const peer = { id: 'pm2', bin: pm2, home: 'PM2_HOME', daemonText: 'God Daemon' };
  return [makeTool(own, place), ...(pm2 === null ? [] : [makeTool(peer, place)])];
}

/** One command of a tool as a whole process: CPU and wall time in ms, exit code, stdout. */
export const timeTool = (tool, words) => timeRun(tool.argv(words), tool.place);

/** A command that has to succeed for the measuring to mean anything. */
export async function must(tool, words) {
  const run = await timeTool(tool, words);
  if (run.exit === 0) return run;
  const said = `${run.stdout}${readFileSync(join(tool.place.scratch, 'err'), 'utf8')}`.trim().slice(-600);
  throw new Error(`${tool.id} ${words.join(' ')} ended with ${run.exit}: ${said}`);
}

/** Writes an ecosystem file into the tool's project and answers its path. What stands `before` makes it more than data. */
export function writeEcosystem(tool, apps, before = '') {
  const path = join(tool.cwd, 'ecosystem.config.js');
  writeFileSync(path, `${before}module.exports = ${JSON.stringify({ apps }, null, 2)};\n`);
  return path;
}

/** Ends a tool's daemon with all of its services. */
export async function endTool(tool) {
  await timeTool(tool, ['kill']);
  if (!(await until(() => tool.daemons().length === 0, { ms: 15_000 }))) {
    throw new Error(`the daemon of ${tool.id} did not end when it was asked to`);
  }
}

/** The processes of a tool's services, by name. */
export async function servicePids(tool) {
  const { stdout } = await must(tool, ['jlist']);
  return new Map(JSON.parse(stdout).map(({ name, pid }) => [name, pid]));
}
