import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEcosystemFile } from '../../src/config/load-ecosystem.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { folderWith } from './write-files.ts';
import { APPS, PATIENCE, TEXT, detailOf, load } from './load-file.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a hostile ecosystem file', PATIENCE, () => {
  const COMMON = `module.exports = ${TEXT};`;

  it.each([
    ['prints a megabyte', `process.stdout.write('x'.repeat(1e6)); console.error('y'.repeat(1e6)); ${COMMON}`],
    ['leaves a timer', `setInterval(() => {}, 5); ${COMMON}`],
    ['leaves a server', `require('node:http').createServer().listen(0); ${COMMON}`],
    ['exits later', `setTimeout(() => process.exit(3), 5000); ${COMMON}`],
    ['throws later', `setImmediate(() => { setTimeout(() => { throw new Error('late'); }, 500); }); ${COMMON}`],
    [
      'replaces what is global',
      `JSON.stringify = () => 'x'; process.exit = () => {}; globalThis.setTimeout = null; ${COMMON}`,
    ],
    ['ignores signals', `for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {}); ${COMMON}`],
  ])('that %s is read all the same', async (_, text) => {
    expect(await load('x.cjs', text)).toMatchObject({ ok: true, value: APPS });
  });

  it.each([
    ['exits', 'x.cjs', 'process.exit(0);', 'it ended the process that loaded it'],
    ['ends itself', 'x.cjs', 'process.kill(process.pid, "SIGKILL");', 'it ended the process that loaded it'],
    ['aborts', 'x.cjs', 'process.abort();', 'it ended the process that loaded it'],
    [
      'waits for ever at its top',
      'x.mjs',
      'await new Promise(() => {});\nexport default {};',
      'it waits for a promise that nobody settles',
    ],
    [
      'exports a promise for ever',
      'x.cjs',
      'module.exports = new Promise(() => {});',
      'it waits for a promise that nobody settles',
    ],
    [
      'exports a promise that fails',
      'x.cjs',
      '\nmodule.exports = Promise.reject(new Error("later"));',
      'Error: later, at x.cjs:2:33',
    ],
    ['throws nothing', 'x.cjs', 'throw undefined;', 'undefined'],
    ['throws what has no text', 'x.cjs', 'throw Object.create(null);', 'it threw something that has no text'],
    ['recurses', 'x.cjs', 'const f = () => f(); f();', /^RangeError: Maximum call stack size exceeded/],
    ['answers in its stead', 'x.cjs', 'require("node:fs").writeSync(3, "}{\\n");', /^its answer cannot be read/],
    ['exports too much', 'x.cjs', 'module.exports = { a: "x".repeat(17 * 1024 ** 2) };', 'it exports more than 16 MB'],
  ])('that %s is told', async (_, name, text, detail) => {
    const said = await detailOf(name, text);
    if (typeof detail === 'string') expect(said).toBe(detail);
    else expect(said).toMatch(detail);
  });

  it.each([
    ['loops', 'x.cjs', 'for (;;);'],
    ['loops in an import', 'x.mjs', 'for (;;);'],
    ['waits with a timer', 'x.mjs', 'setInterval(() => {}, 100); await new Promise(() => {});'],
    ['blocks', 'x.cjs', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
    ['loops in a getter', 'x.cjs', 'module.exports = { get a() { for (;;); } };'],
  ])('that %s is given up', async (_, name, text) => {
    expect(await detailOf(name, text, 1_000)).toBe('it did not finish within 1 s');
  });

  it.each([
    ['and answers', COMMON],
    ['and loops', 'for (;;);'],
    ['and exits', 'process.exit(0);'],
  ])('that starts another process, which holds its pipe, is ended with it: %s', async (_, then) => {
    const text = `
      process.on('SIGTERM', () => {});
      const { spawn } = require('node:child_process');
      const loop = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
      const child = spawn(process.execPath, ['-e', loop], { stdio: ['ignore', 'ignore', 'ignore', 3] });
      child.unref();
      require('node:fs').writeFileSync(__dirname + '/pids', process.pid + ' ' + child.pid);
      ${then}`;
    const folder = folderWith({ 'x.cjs': text });
    await loadEcosystemFile(join(folder, 'x.cjs'), 2_000);
    const pids = readFileSync(join(folder, 'pids'), 'utf8').split(' ').map(Number);
    expect(pids).toHaveLength(2);
    expect(await waitFor('both to be ended', () => !pids.some(isAlive))).toBe(true);
  });

  it('may export a megabyte', async () => {
    const reading = await load(
      'x.cjs',
      'module.exports = Array.from({ length: 10000 }, (_, i) => ({ name: "a" + i, env: { A: "€".repeat(40) } }));',
    );
    const value = (reading as { value: readonly unknown[] }).value;
    expect(value).toHaveLength(10_000);
    expect(value.at(-1)).toEqual({ name: 'a9999', env: { A: '€'.repeat(40) } });
  });
});
