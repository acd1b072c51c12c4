import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEcosystem } from '../../src/config/load-ecosystem.ts';
import { projectPorts } from '../../src/config/project-ports.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { folderWith } from './write-files.ts';

const PATIENCE = { timeout: 60_000 };

const APPS = { apps: [{ name: 'web', script: 'server.js', env: { PORT: 4000 } }] };
const COMMON = `module.exports = ${JSON.stringify(APPS)};`;
const MODULE = `export default ${JSON.stringify(APPS)};`;

const load = async (name: string, text: string) => loadEcosystem(folderWith({ [name]: text }));

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const detailOf = async (text: string): Promise<string> => {
  const reading = await load('ecosystem.config.cjs', text);
  if (reading === null || reading.ok) throw new Error('it was expected to fail');
  return reading.detail;
};

describe('an ecosystem file', PATIENCE, () => {
  it.each([
    ['ecosystem.config.js', COMMON],
    ['ecosystem.config.cjs', COMMON],
    ['ecosystem.config.mjs', MODULE],
    ['ecosystem.config.mjs', `export const apps = ${JSON.stringify(APPS.apps)};`],
    ['ecosystem.config.mjs', `await Promise.resolve(); ${MODULE}`],
    ['ecosystem.config.json', JSON.stringify(APPS)],
    ['ecosystem.config.yaml', 'apps:\n  - name: web\n    script: server.js\n    env:\n      PORT: 4000\n'],
    ['ecosystem.config.yml', 'apps: [{ name: web, script: server.js, env: { PORT: 4000 } }]\n'],
  ])('%s is read: %s', async (name, text) => {
    expect(await load(name, text)).toEqual({ ok: true, file: expect.stringContaining(name) as string, value: APPS });
  });

  it('is an ES module where the package says so', async () => {
    const folder = folderWith({ 'package.json': { type: 'module' }, 'ecosystem.config.js': MODULE });
    expect(await loadEcosystem(folder)).toMatchObject({ ok: true, value: APPS });
  });

  it('is null where there is none', async () => {
    expect(await loadEcosystem(folderWith({ 'package.json': {} }))).toBeNull();
  });

  it('is the first of the names when there are several', async () => {
    const folder = folderWith({ 'ecosystem.config.json': APPS, 'ecosystem.config.cjs': COMMON });
    expect(basename((await loadEcosystem(folder))?.file ?? '')).toBe('ecosystem.config.cjs');
  });

  it('may stand in a folder with a name that no address bears as it is', async () => {
    const folder = folderWith({ 'a b #1 ü 100%/ecosystem.config.cjs': COMMON });
    expect(await loadEcosystem(join(folder, 'a b #1 ü 100%'))).toMatchObject({ ok: true, value: APPS });
  });

  it('may hold what JSON cannot, which is left out', async () => {
    const text = 'module.exports = { apps: [{ name: "web", env: { PORT: 4000 }, when: undefined, run: () => 1 }] };';
    const value = { apps: [{ name: 'web', env: { PORT: 4000 } }] };
    expect(await load('ecosystem.config.cjs', text)).toMatchObject({ ok: true, value });
  });

  it.each(['', 'a', 'ab'])('may be long, in any script, wherever its bytes are parted (behind %j)', async (before) => {
    const text = `module.exports = { name: ${JSON.stringify(before)} + '€'.repeat(300_000) };`;
    const reading = await load('ecosystem.config.cjs', text);
    const { name } = (reading?.ok === true ? reading.value : {}) as { readonly name?: string };
    expect(name === before + '€'.repeat(300_000)).toBe(true);
  });
});

describe('an ecosystem file that does more than it should', PATIENCE, () => {
  it.each([
    ['prints', `console.log('{"value": 1}'); console.error('loud'); ${COMMON}`],
    ['leaves a timer running', `setInterval(() => {}, 1000); ${COMMON}`],
    ['changes the folder', `process.chdir('/'); ${COMMON}`],
  ])('and %s is read all the same', async (_, text) => {
    expect(await load('ecosystem.config.cjs', text)).toMatchObject({ ok: true, value: APPS });
  });

  it('cannot reach this process', async () => {
    await load(
      'ecosystem.config.cjs',
      `process.exitCode = 9; process.env.REACHED = '1'; globalThis.reached = 1; ${COMMON}`,
    );
    expect([process.env['REACHED'], 'reached' in globalThis]).toEqual([undefined, false]);
    expect(process.exitCode).not.toBe(9);
  });

  it.each([
    ['throws', 'throw new Error("no database");', /no database/],
    ['throws a bare word', 'throw "no database";', /no database/],
    ['is not JavaScript', 'module.exports = {', /SyntaxError/],
    ['asks for a package that is not there', 'require("not-there-at-all");', /not-there-at-all/],
    ['exits', 'process.exit(0);', /it ended the process that loaded it/],
    ['exits with a failure', 'process.exit(7);', /it ended the process that loaded it/],
    ['is killed', 'process.kill(process.pid, "SIGKILL");', /it ended the process that loaded it/],
  ])('and %s is not read, with the reason', async (_, text, detail) => {
    expect(await detailOf(text)).toMatch(detail);
  });

  it('and holds itself is not read, and is not said to have ended the process', async () => {
    expect(await detailOf('const app = {}; app.self = app; module.exports = { apps: [app] };')).toMatch(/circular/i);
  });

  it('and loops for ever is given up and ended', async () => {
    const text = 'require("node:fs").writeFileSync(__dirname + "/pid", String(process.pid)); for (;;);';
    const folder = folderWith({ 'ecosystem.config.cjs': text });
    expect(await loadEcosystem(folder)).toMatchObject({ ok: false, detail: 'it did not finish within 5 s' });
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    expect(await waitFor('the loop to be ended', () => !isAlive(pid))).toBe(true);
  });

  it.each([
    ['ecosystem.config.json', '{ "apps": ', /SyntaxError/],
    ['ecosystem.config.yaml', 'apps: [', /YAML/],
  ])('%s that is broken is not read, with the reason', async (name, text, detail) => {
    expect(await load(name, text)).toMatchObject({ ok: false, detail: expect.stringMatching(detail) as string });
  });
});

describe('the ports of an ecosystem file', PATIENCE, () => {
  const portsOf = async (value: unknown): Promise<readonly (readonly [number, string])[]> => {
    const { ports } = await projectPorts(folderWith({ 'ecosystem.config.json': JSON.stringify(value) }));
    return ports.map(({ port, source }) => [port, source] as const);
  };
  const app = (name: string) => `ecosystem.config.json app "${name}"`;

  it.each([
    [
      '{ apps: list }',
      {
        apps: [
          { name: 'a', port: 4001 },
          { name: 'b', port: 4002 },
        ],
      },
      [
        [4001, app('a')],
        [4002, app('b')],
      ],
    ],
    ['{ apps: one }', { apps: { name: 'a', port: 4001 } }, [[4001, app('a')]]],
    ['a bare list', [{ name: 'a', port: 4001 }], [[4001, app('a')]]],
    ['one object', { name: 'a', port: 4001 }, [[4001, app('a')]]],
    ['{ pm2: list }', { pm2: [{ name: 'a', port: 4001 }] }, [[4001, app('a')]]],
    ['PORT in env', { apps: [{ name: 'a', env: { PORT: '4001' } }] }, [[4001, app('a')]]],
    ['port over env', { apps: [{ name: 'a', port: 4001, env: { PORT: 4002 } }] }, [[4001, app('a')]]],
    ['the script for a name', { apps: [{ script: 'a.js', port: 4001 }] }, [[4001, app('a.js')]]],
    ['neither name nor script', { apps: [{ port: 4001 }] }, [[4001, app('?')]]],
    ['apps that are none', { apps: [null, 7, 'a', [], { name: 'a', port: 4001 }] }, [[4001, app('a')]]],
  ])('are found in %s', async (_, value, ports) => {
    expect(await portsOf(value)).toEqual(ports);
  });

  it('are not looked at when it throws, which is told, and the other sources are', async () => {
    const folder = folderWith({ 'ecosystem.config.cjs': 'throw new Error("no database");', '.env': 'PORT=4009\n' });
    expect(await projectPorts(folder)).toEqual({
      ports: [{ port: 4009, source: '.env PORT' }],
      notes: [
        'ecosystem.config.cjs could not be loaded, so its ports are not looked at: Error: no database, at ecosystem.config.cjs:1:7',
      ],
    });
  });
});
