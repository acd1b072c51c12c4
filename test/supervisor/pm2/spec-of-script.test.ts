import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specOfScript } from '../../../src/supervisor/pm2/spec-of-script.ts';
import { aWorkshop } from './a-workshop.ts';
import { refusalOf } from './refusal.ts';

describe('a script on the command line', () => {
  it.each([
    [['app.js'], {}, { name: 'app', script: 'app.js', configFile: null }, ['NODE', 'PROJECT/app.js']],
    [['app.js', '--port', '3000'], {}, { name: 'app' }, ['NODE', 'PROJECT/app.js', '--port', '3000']],
    [['npm', 'run', 'dev server'], {}, { name: 'npm' }, ['BIN/npm', 'run', 'dev server']],
    [['npm run dev'], {}, { name: 'npm' }, ['BIN/bash', '-c', 'npm run dev']],
    [['npm run dev', '--', 'a b'], {}, { name: 'npm' }, ['BIN/bash', '-c', "npm run dev -- 'a b'"]],
    [
      ['app.js'],
      { name: 'web', instances: '2', maxMemoryRestart: '1G' },
      { name: 'web', instances: 2, maxMemoryBytes: 1024 ** 3 },
      ['NODE', 'PROJECT/app.js'],
    ],
    [['app.js'], { cwd: 'sub', watch: true }, { watch: { paths: ['PROJECT/sub'] } }, ['NODE', 'PROJECT/sub/app.js']],
  ])('%j with %j', (words, fields, expected, command) => {
    const shop = aWorkshop({ 'app.js': '', 'sub/app.js': '' });
    const { specs, notices } = specOfScript(words, fields, shop.request());
    const named = JSON.parse(
      JSON.stringify(specs)
        .replaceAll(shop.folder, 'PROJECT')
        .replaceAll(shop.bin, 'BIN')
        .replaceAll(shop.node, 'NODE'),
    ) as unknown;
    expect(named).toMatchObject([{ ...expected, command }]);
    expect(notices).toEqual([]);
  });

  it('goes by the shell and the folder of the command', () => {
    const shop = aWorkshop({ 'app.js': '' });
    const [spec] = specOfScript(['app.js'], {}, shop.request({ file: '/elsewhere/x.config.js' })).specs;
    expect(spec).toMatchObject({ cwd: shop.folder, configFile: null, env: { PATH: shop.bin, HOME: shop.home } });
    expect(spec?.logs.out).toBe(join(shop.logs, 'app-out.log'));
  });

  it.each([
    [
      ['app.js'],
      { max_memory_restart: 'big' },
      '--max-memory-restart must be a size such as "300M", "1.5G", "800K", or a number of bytes, and is "big"',
    ],
    [['app.js'], { name: 'all' }, '--name cannot be "all": "all" means every service'],
    [['app.js'], { interpreter: 'cobol' }, '--interpreter "cobol" cannot be run: there is no program cobol in PATH'],
    [['app.js'], { cwd: 'gone' }, '--cwd cannot be entered: there is no PROJECT/gone'],
    [
      ['gone.js'],
      {},
      'the script "gone.js" cannot be run: there is no PROJECT/gone.js, and no program of this name in PATH',
    ],
    [[''], {}, 'the script must be a text, and is ""'],
  ])('%j with %j is wrong use, told by its flags', (words, fields, text) => {
    const shop = aWorkshop({ 'app.js': '' });
    const { message, code, details } = refusalOf(() => specOfScript(words, fields, shop.request()));
    expect(message.replaceAll(shop.folder, 'PROJECT')).toBe(text);
    expect(details).toEqual([]);
    expect(code).toBe('usage');
  });

  it('must be there', () => {
    expect(refusalOf(() => specOfScript([], {}, aWorkshop().request())).message).toBe('there is nothing to start');
  });

  it('has no profiles', () => {
    const shop = aWorkshop({ 'app.js': '' });
    expect(refusalOf(() => specOfScript(['app.js'], {}, shop.request({ profile: 'production' }))).message).toBe(
      '--env production: this needs an ecosystem file that has env_production',
    );
  });
});
