import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cleanEnvironment } from '../../helpers/clean-environment.ts';
import { fixture, ROOT } from '../../helpers/paths.ts';
import { smallDisk, smallDiskTrouble } from '../../helpers/small-disk.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

const GUARD = join(ROOT, 'src/supervisor/daemon/guard/guard.cjs');
if (smallDiskTrouble !== null) console.warn(`not tested on a full disk: ${smallDiskTrouble}`);

/** A small disk, and where it is. */
const mounted = (size: string) => {
  const folder = join(makeTempDir(), 'disk');
  return { folder, ...smallDisk(folder, size) };
};

const start = (log: string, guarded: boolean) => {
  const descriptor = openSync(log, 'a');
  const count = join(makeTempDir(), 'count');
  const args = [...(guarded ? ['--require', GUARD] : []), fixture('log-guarded.mjs'), count];
  const child = spawn(process.execPath, args, { env: cleanEnvironment(), stdio: ['ignore', descriptor, descriptor] });
  closeSync(descriptor);
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = (): number => Number(existsSync(count) ? readFileSync(count, 'utf8') : 0);
  return { child, said, ended: new Promise((resolve) => void child.once('exit', resolve)) };
};

test.skipIf(smallDiskTrouble !== null)(
  'a program of Node survives a full disk, and is heard again when there is room',
  async () => {
    const { folder, fill, free } = mounted('1m');
    const log = join(folder, 'app.log');
    const { child, said } = start(log, true);
    await waitFor('lines', () => statSync(log).size > 100_000);
    fill();
    expect(statfsSync(folder).bavail).toBe(0);
    const before = said();
    await waitFor('lines that are not heard', () => said() > before + 100);
    const { size } = statSync(log);
    free();
    await waitFor('more lines', () => statSync(log).size > size + 100_000);
    expect(child.exitCode).toBeNull();
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    const torn = lines.filter((line) => !/^line \d+ \.{900} end$/.test(line));
    expect(torn.length).toBeLessThanOrEqual(1);
    expect(Number(lines.at(-1)?.split(' ')[1])).toBeGreaterThan(lines.length);
  },
);

test.skipIf(smallDiskTrouble !== null)('without the guard the same program is ended by a full disk', async () => {
  const { folder } = mounted('256k');
  const { ended } = start(join(folder, 'app.log'), false);
  expect(await ended).not.toBe(0);
});

const run = (code: string): string => {
  const log = join(makeTempDir(), 'out.log');
  const descriptor = openSync(log, 'a');
  const { status } = spawnSync(process.execPath, ['--require', GUARD, '-e', code], {
    env: cleanEnvironment(),
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  return `${status} ${readFileSync(log, 'utf8')}`;
};

test.each([
  ['text', `fs.writeSync(1, 'é1\\n')`, 'é1\n', 4],
  ['text in another encoding', `fs.writeSync(1, '6162', null, 'hex')`, 'ab', 2],
  ['bytes', `fs.writeSync(1, Buffer.from('abc'))`, 'abc', 3],
  ['a part of bytes', `fs.writeSync(1, Buffer.from('abcdef'), 2, 3)`, 'cde', 3],
  ['the rest of bytes', `fs.writeSync(1, Buffer.from('abcdef'), 4)`, 'ef', 2],
  ['a part named by an object', `fs.writeSync(1, Buffer.from('abcdef'), { offset: 1, length: 2 })`, 'bc', 2],
])('%s is written as without it', (_, call, text, size) => {
  const log = run(`const fs = require('fs'); const n = ${call}; if (n !== ${size}) process.exit(9)`);
  expect(log).toBe(`0 ${text}`);
});

test('errors of another kind, and on other files, are thrown as ever', () => {
  const log = run(`try { require('fs').writeSync(999, 'x') } catch (error) { console.log(error.code) }`);
  expect(log).toBe('0 EBADF\n');
});

test('a program may put its own function in the place', () => {
  const log = run(`
    const fs = require('fs');
    const plain = fs.writeSync;
    let calls = 0;
    fs.writeSync = (...args) => { calls += 1; return plain(...args); };
    console.log('a');
    fs.writeSync(1, calls + '\\n');
  `);
  expect(log).toBe('0 a\n1\n');
});
