import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEcosystem, isEcosystemName, loadEcosystemFile } from '../../src/config/load-ecosystem.ts';
import { folderWith } from './write-files.ts';
import { APPS, PATIENCE, TEXT, detailOf, load } from './load-file.ts';

describe('an ecosystem file by its name', PATIENCE, () => {
  it.each([
    ['pm2.config.js', `module.exports = ${TEXT};`],
    ['x.cjs', `module.exports = ${TEXT};`],
    ['x.js', `exports.apps = ${JSON.stringify(APPS.apps)};`],
    ['x.cjs', `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = ${TEXT};`],
    ['x.mjs', `export default ${TEXT};`],
    ['x.mjs', `export default Promise.resolve(${TEXT});`],
    ['x.cjs', `module.exports = new Promise((resolve) => setTimeout(() => resolve(${TEXT}), 20));`],
    ['x.ts', `interface A { name: string }\nexport default ${TEXT} satisfies { apps: A[] };`],
    ['x.ts', `enum E { Web = 'web' }\nconst config = ${TEXT} as const;\nexport = config;`],
    ['x.ts', `const name: string = 'web';\nmodule.exports = { apps: [{ name, script: 'server.js' }] };`],
    ['x.mts', `export default (await Promise.resolve(${TEXT})) as object;`],
    ['process.json', TEXT],
    ['process.json', `\ufeff${TEXT}`],
    ['process.json', `{\n  // a comment\n  "apps": [{ "name": "web", /* another */ "script": "server.js", },],\n}`],
    ['process.yml', `apps:\n  - name: web\n    script: server.js\n`],
    ['process.yaml', `x: &x { script: server.js }\napps: [{ <<: *x, name: web }]\n`],
  ])('%s is read: %j', async (name, text) => {
    const reading = await load(name, text);
    expect(reading).toMatchObject({ ok: true, value: APPS });
  });

  it('is read from TypeScript that imports TypeScript, in a project of ES modules', async () => {
    const folder = folderWith({
      'package.json': { type: 'module' },
      'lib/apps.ts': `export const apps: object[] = ${JSON.stringify(APPS.apps)};`,
      'ecosystem.config.ts': `import { apps } from './lib/apps.ts';\nexport default { apps };`,
    });
    expect(await loadEcosystemFile(join(folder, 'ecosystem.config.ts'))).toMatchObject({ ok: true, value: APPS });
    expect(existsSync(join(folder, 'node_modules'))).toBe(false);
  });

  it('knows its own folder, and the environment of the command', async () => {
    const reading = await load(
      'x.cjs',
      `module.exports = { at: __dirname, path: process.env.PATH, file: __filename };`,
    );
    const { value } = reading as { value: Record<string, string> };
    expect(value).toEqual({
      at: expect.stringMatching(/devdoctor/) as string,
      path: process.env['PATH'],
      file: reading.file,
    });
  });

  it('may lose what has no value', async () => {
    const reading = await load(
      'x.cjs',
      'module.exports = { a: undefined, env: { A: process.env.NOT_SET_AT_ALL, B: 1 } };',
    );
    expect(reading).toMatchObject({ ok: true, value: { env: { B: 1 } } });
  });

  it.each([
    ['x.txt', '', 'its name ends in none of .js .cjs .mjs .ts .json .yaml .yml'],
    ['x', '', 'its name ends in none of .js .cjs .mjs .ts .json .yaml .yml'],
  ])('%s is none', async (name, text, detail) => {
    expect(await detailOf(name, text)).toBe(detail);
  });

  it.each(['x.js', 'x.ts', 'x.json', 'x.yml'])('%s must be there, and be a file', async (name) => {
    const folder = folderWith({});
    expect(await loadEcosystemFile(join(folder, name))).toMatchObject({ ok: false, detail: 'there is no such file' });
    mkdirSync(join(folder, name));
    expect(await loadEcosystemFile(join(folder, name))).toMatchObject({ ok: false, detail: 'it is a folder' });
    execFileSync('mkfifo', [join(folder, `pipe-${name}`)]);
    expect(await loadEcosystemFile(join(folder, `pipe-${name}`))).toMatchObject({
      ok: false,
      detail: 'it is no regular file',
    });
  });
});

describe('finding an ecosystem file', () => {
  it.each(['js', 'cjs', 'mjs', 'json', 'yaml', 'yml', 'ts'])('takes ecosystem.config.%s', (ending) => {
    const folder = folderWith({ [`ecosystem.config.${ending}`]: '' });
    expect(findEcosystem(folder)).toBe(join(folder, `ecosystem.config.${ending}`));
  });

  it('finds none where there is none', () => {
    expect(findEcosystem(folderWith({ 'ecosystem.js': '', 'server.js': '' }))).toBeNull();
  });

  it.each([
    ['ecosystem.config.js', true],
    ['pm2.config.cjs', true],
    ['a.config.ts', true],
    ['process.json', true],
    ['x.yml', true],
    ['x.yaml', true],
    ['ecosystem.cjs', true],
    ['server.js', false],
    ['config.js', false],
    ['app.ts', false],
    ['x.config.jsx', false],
    ['web', false],
  ])('%s by its name: %s', (name, is) => {
    expect(isEcosystemName(name)).toBe(is);
  });
});
