import { spawn } from 'node:child_process';
import { mkdirSync, watch, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { linesOf, until } from '../processes.mjs';
import { inTurn } from '../rounds.mjs';
import { app, endTool, must, SHIM, writeEcosystem } from '../tools.mjs';

/** Longer than any of them takes a program for unstable. */
const LIFE_MS = 400;
const PATIENCE_MS = 20_000;

const lastPid = (file) => Number(linesOf(file).at(-1));

function makeMark(path) {
  writeFileSync(path, '');
  return path;
}

function supervised(tool) {
  const mark = makeMark(`${tool.cwd}/mark.txt`);
  const native = {
    name: 'native',
    script: app('native.sh'),
    interpreter: '/bin/sh',
    args: [mark],
    min_uptime: 200,
    max_restarts: 1000,
  };
  return {
    mark,
    begin: () => must(tool, ['start', writeEcosystem(tool, [native])]),
    // A crash soon after another waits on purpose; what is measured here is the first of a row.
    prepare: () => must(tool, ['reset', 'native']),
    end: () => endTool(tool),
  };
}

function loop(cwd, name, shim) {
  const folder = `${cwd}/${name}`;
  mkdirSync(folder, { recursive: true });
  const mark = makeMark(`${folder}/mark.txt`);
  const argv = [app('restart-loop.cjs'), folder, shim, '/bin/sh', app('native.sh'), mark];
  let child;
  return {
    mark,
    begin: async () => {
      child = spawn(process.execPath, argv, { stdio: ['ignore', 'inherit', 'inherit'] });
    },
    prepare: async () => {},
    end: async () => {
      child.kill('SIGKILL');
      process.kill(lastPid(mark), 'SIGKILL');
    },
  };
}

/** From the kill until the next start has written its line, as the kernel tells of the write. */
async function crash({ mark, prepare }) {
  await prepare();
  await sleep(LIFE_MS);
  const pid = lastPid(mark);
  let watcher;
  const seen = new Promise((resolve) => {
    watcher = watch(mark, () => resolve(performance.now()));
  });
  const limit = new AbortController();
  const late = sleep(PATIENCE_MS, 'late', { signal: limit.signal }).catch(() => 'in time');
  const from = performance.now();
  process.kill(pid, 'SIGKILL');
  const at = await Promise.race([seen, late]);
  limit.abort();
  watcher.close();
  if (at === 'late') throw new Error(`${mark}: nothing started again after pid ${pid} was killed`);
  return at - from;
}

/** A native program that crashes: until it runs again. The floor is the least that restarts it, with the shim between. */
export async function crashes({ tools, quick }) {
  const [{ cwd }] = tools;
  const loops = { floor: loop(cwd, 'shim-loop', SHIM), bare: loop(cwd, 'bare-loop', '-') };
  const all = { ...loops, ...Object.fromEntries(tools.map((tool) => [tool.id, supervised(tool)])) };
  for (const { begin, mark } of Object.values(all)) {
    await begin();
    if (!(await until(() => linesOf(mark).length > 0))) throw new Error(`${mark}: not up`);
  }
  const runners = Object.fromEntries(Object.entries(all).map(([id, who]) => [id, () => crash(who)]));
  const { bare, ...given } = await inTurn(quick ? 12 : 40, runners);
  for (const { end } of Object.values(all)) await end();
  return [
    { what: 'a native app crashes: until its next start', unit: 'ms', ...given, limit: { of: 'floor', most: 1.5 } },
    { what: 'the same beside a bare loop without the shim', unit: 'ms', own: given.own, floor: bare, limit: null },
  ];
}
