import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { saidBy } from './refusal.ts';
import { FILES, commandOf, said, specIn } from './a-command.ts';

describe('a script that is a file', () => {
  it.each([
    ['app.js', ['NODE', 'PROJECT/app.js']],
    ['./app.cjs', ['NODE', 'PROJECT/app.cjs']],
    ['app.mjs', ['NODE', 'PROJECT/app.mjs']],
    ['app.py', ['BIN/python3', 'PROJECT/app.py']],
    ['app.sh', ['BIN/bash', 'PROJECT/app.sh']],
    ['app.rb', ['BIN/ruby', 'PROJECT/app.rb']],
    ['tool.bin', ['PROJECT/tool.bin']],
    ['server', ['NODE', 'PROJECT/server']],
    ['bin/cli', ['NODE', 'PROJECT/bin/cli']],
    ['bin/flagged', ['PROJECT/bin/flagged']],
    ['bin/plain-python', ['BIN/python3', 'PROJECT/bin/plain-python']],
    ['bin/py', ['PROJECT/bin/py']],
    ['./run', ['PROJECT/run']],
    ['node_modules/.bin/next', ['NODE', 'PROJECT/node_modules/.bin/next']],
    ['my app/my server.js', ['NODE', 'PROJECT/my app/my server.js']],
    ['โปรแกรม/เซิร์ฟเวอร์.js', ['NODE', 'PROJECT/โปรแกรม/เซิร์ฟเวอร์.js']],
    ['./pkg', ['NODE', 'PROJECT/pkg/lib/start.js']],
    ['pkg/', ['NODE', 'PROJECT/pkg/lib/start.js']],
    ['site', ['NODE', 'PROJECT/site/index.js']],
    ['app.js --port 3000 "a b"', ['NODE', 'PROJECT/app.js', '--port', '3000', 'a b']],
    ['./run fast', ['PROJECT/run', 'fast']],
  ])('%s', (script, command) => {
    expect(commandOf({ script })).toEqual(command);
  });

  it('may lie in the home folder', () => {
    expect(commandOf({ script: '~/../project/app.js' })).toEqual(['NODE', 'PROJECT/app.js']);
  });

  it('may be a link', () => {
    const shop = aWorkshop(FILES);
    symlinkSync(join(shop.folder, 'app.js'), join(shop.folder, 'current.js'));
    expect(commandOf({ script: 'current.js' }, shop)).toEqual(['NODE', 'PROJECT/current.js']);
  });

  it('goes before a program of the same name', () => {
    const shop = aWorkshop({ npm: 'code' });
    expect(commandOf({ script: 'npm' }, shop)).toEqual(['NODE', 'PROJECT/npm']);
  });

  it('goes by its own folder, and not by that of the command', () => {
    const shop = aWorkshop({ 'sub/app.js': '' });
    expect(commandOf({ script: 'app.js', cwd: './sub' }, shop)).toEqual(['NODE', 'PROJECT/sub/app.js']);
  });

  it.each([
    [
      'missing.js',
      'script "missing.js" cannot be run: there is no PROJECT/missing.js, and no program of this name in PATH',
    ],
    ['./ap.js', 'script "./ap.js" cannot be run: there is no PROJECT/ap.js; did you mean PROJECT/app.js?'],
    ['./app', 'script "./app" cannot be run: there is no PROJECT/app; did you mean PROJECT/app.'],
    [
      './dist/main.js',
      'script "./dist/main.js" cannot be run: there is no PROJECT/dist/main.js, not even PROJECT/dist',
    ],
    [
      './sitee/index.js',
      'script "./sitee/index.js" cannot be run: there is no PROJECT/sitee/index.js, not even PROJECT/sitee; did you mean PROJECT/site?',
    ],
    [
      './empty',
      'script "./empty" cannot be run: ./empty is a folder with neither "main" in a package.json nor an index.js',
    ],
    [
      'notes.txt',
      'script "notes.txt" cannot be run: notes.txt is not executable, and nothing is known to run such a file: name its "interpreter"',
    ],
    ['app.php', 'script "app.php" cannot be run: it needs php, and PATH has none'],
    [
      'view.tsx',
      'script "view.tsx" cannot be run: view.tsx needs a program that understands it, and neither tsx nor bun is there (npm i -D tsx), nor is Node v20.19.0 one',
    ],
    ['app.ts', 'script "app.ts" cannot be run: app.ts needs a program that understands it'],
    ['bin/missing --x', 'script "bin/missing --x" cannot be run: there is no PROJECT/bin/missing'],
  ])('%s is refused where it cannot run', (script, text) => {
    expect(said({ script })).toContain(text);
  });

  it('that is there but cannot run is not said to be elsewhere', () => {
    expect(said({ script: 'notes.txt' })).toMatch(/name its "interpreter"$/);
  });

  it('that lies beside the configuration is found there by whoever starts it from elsewhere', () => {
    const shop = aWorkshop({ 'deep/app.js': '' });
    const file = join(shop.folder, 'deep/ecosystem.config.js');
    const run = () => servicesOf([{ name: 'x', script: './app.js' }], shop.request({ file }));
    expect(saidBy(run)).toContain(`; ${join(shop.folder, 'deep/app.js')} is there: add cwd: "."`);
    const { specs } = servicesOf([{ name: 'x', script: './app.js', cwd: '.' }], shop.request({ file }));
    expect(specs[0]?.cwd).toBe(join(shop.folder, 'deep'));
  });
});

describe('TypeScript', () => {
  const files = { 'app.ts': '', 'view.tsx': '' };

  it.each([
    [
      'tsx of the project',
      { 'node_modules/.bin/tsx*': '' },
      ['node', 'bun', 'tsx'],
      'v24.0.0',
      'PROJECT/node_modules/.bin/tsx',
    ],
    ['tsx of PATH', {}, ['bun', 'tsx'], 'v24.0.0', 'BIN/tsx'],
    ['bun', {}, ['bun'], 'v24.0.0', 'BIN/bun'],
    ['Node itself', {}, [], 'v22.18.0', 'NODE'],
    ['Node itself', {}, [], 'v23.6.0', 'NODE'],
    ['Node itself', {}, [], 'v24.1.0', 'NODE'],
  ])('is run by %s', (_, more, programs, nodeVersion, first) => {
    const shop = aWorkshop({ ...files, ...more }, programs);
    const [spec] = servicesOf(
      [{ name: 'x', script: 'app.ts', node_args: '--x', args: 'y' }],
      shop.request({ nodeVersion }),
    ).specs;
    const path = first.replace('PROJECT', shop.folder).replace('BIN', shop.bin).replace('NODE', shop.node);
    expect(spec?.command).toEqual([path, '--x', join(shop.folder, 'app.ts'), 'y']);
    expect(spec?.interpreter).toBe(path);
  });

  it.each([
    ['app.ts', 'v22.17.1'],
    ['app.ts', 'v23.5.0'],
    ['view.tsx', 'v24.1.0'],
  ])('%s is refused where only Node %s is there', (script, nodeVersion) => {
    const shop = aWorkshop(files, []);
    expect(saidBy(() => servicesOf([{ name: 'x', script }], shop.request({ nodeVersion })))).toContain('npm i -D tsx');
  });
});

describe('the folder of an app', () => {
  it.each([
    ['sub', 'sub'],
    ['./sub/', 'sub'],
    ['โฟลเดอร์ a', 'โฟลเดอร์ a'],
  ])('%j counts from the configuration', (cwd, folder) => {
    const shop = aWorkshop({ 'conf/sub/app.js': '', 'conf/โฟลเดอร์ a/app.js': '' });
    const file = join(shop.folder, 'conf/ecosystem.config.js');
    const { specs } = servicesOf([{ name: 'x', script: 'app.js', cwd }], shop.request({ file }));
    expect(specs[0]?.cwd).toBe(join(shop.folder, 'conf', folder));
  });

  it('is that of the command where there is none', () => {
    const shop = aWorkshop({ 'app.js': '' });
    expect(specIn(shop, { script: 'app.js' }).cwd).toBe(shop.folder);
  });

  it.each([
    ['suub', 'cwd cannot be entered: there is no PROJECT/suub; did you mean PROJECT/sub?'],
    ['app.js', 'cwd PROJECT/app.js is a file'],
  ])('%s is refused', (cwd, text) => {
    expect(said({ script: 'app.js', cwd }, aWorkshop({ 'app.js': '', 'sub/app.js': '' }))).toBe(text);
  });
});
