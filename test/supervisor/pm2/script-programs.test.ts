import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { NODE_SCRIPT, commandOf, said } from './a-command.ts';

describe('a script that is a program', () => {
  it.each([
    [{ script: 'npm', args: 'run start' }, ['BIN/npm', 'run', 'start']],
    [
      { script: 'npm', args: ['run', 'dev', '--', '--host', '0.0.0.0'] },
      ['BIN/npm', 'run', 'dev', '--', '--host', '0.0.0.0'],
    ],
    [{ script: 'next', args: 'start' }, ['PROJECT/node_modules/.bin/next', 'start']],
    [{ script: 'python3', args: '-m http.server' }, ['BIN/python3', '-m', 'http.server']],
    [{ script: 'node', args: 'app.js', node_args: '--inspect' }, ['BIN/node', '--inspect', 'app.js']],
    [{ script: '/bin/sh', args: ['-c', 'exit 3'] }, ['/bin/sh', '-c', 'exit 3']],
  ])('%j', (app, command) => {
    expect(commandOf(app)).toEqual(command);
  });

  it('is looked for in the PATH that the configuration sets', () => {
    const shop = aWorkshop({ 'tools/thing*': '' });
    expect(commandOf({ script: 'thing', env: { PATH: 'tools:/usr/bin' } }, shop)).toEqual(['PROJECT/tools/thing']);
  });

  it('is passed by where it is not executable', () => {
    const shop = aWorkshop({}, ['thing']);
    chmodSync(join(shop.bin, 'thing'), 0o644);
    expect(said({ script: 'thing' }, shop)).toContain('no program of this name in PATH');
  });

  it('takes arguments for Node when it is a script of Node', () => {
    const shop = aWorkshop({ 'tools/cli*': NODE_SCRIPT });
    const app = { script: 'cli', node_args: '--trace-warnings', env: { PATH: 'tools' } };
    expect(commandOf(app, shop)).toEqual(['NODE', '--trace-warnings', 'PROJECT/tools/cli']);
  });

  it('does not take arguments for Node otherwise, which is said', () => {
    const shop = aWorkshop();
    const { specs, notices } = servicesOf([{ name: 'x', script: 'npm', node_args: '--inspect' }], shop.request());
    expect(specs[0]?.command).toEqual([join(shop.bin, 'npm')]);
    expect(notices).toEqual(['app "x": node_args are not used: npm is run by itself']);
  });
});

describe('a script that is a line', () => {
  it.each([
    [{ script: 'npm run dev' }, ['BIN/bash', '-c', 'npm run dev']],
    [{ script: ' npm run dev ', args: ['a b', '--x'] }, ['BIN/bash', '-c', "npm run dev 'a b' --x"]],
    [{ script: 'tail -f x.log | grep 500' }, ['BIN/bash', '-c', 'tail -f x.log | grep 500']],
    [{ script: 'cd site && node index.js' }, ['BIN/bash', '-c', 'cd site && node index.js']],
    [{ script: 'PORT=3 node app.js' }, ['BIN/bash', '-c', 'PORT=3 node app.js']],
    [{ script: './run > out.txt' }, ['BIN/bash', '-c', './run > out.txt']],
    [{ script: 'npm run dev', interpreter: '/bin/sh' }, ['/bin/sh', '-c', 'npm run dev']],
    [{ script: 'npm run dev', interpreter: 'none' }, ['BIN/bash', '-c', 'npm run dev']],
  ])('%j', (app, command) => {
    expect(commandOf(app)).toEqual(command);
  });

  it('is read by sh where there is no bash', () => {
    expect(commandOf({ script: 'npm run dev' }, aWorkshop({}, ['sh']))).toEqual(['BIN/sh', '-c', 'npm run dev']);
  });

  it.each([
    [
      { script: 'npm run dev', interpreter: 'python3' },
      'script "npm run dev" cannot be run: python3 runs files, and the first word of this is none',
    ],
    [
      { script: './nothing --here | cat' },
      'script "./nothing --here | cat" cannot be run: there is no PROJECT/nothing',
    ],
  ])('%j is refused', (app, text) => {
    expect(said(app)).toBe(text);
  });

  it('cannot run where there is no shell', () => {
    expect(said({ script: 'a b' }, aWorkshop({}, []))).toContain('a line needs a shell, and PATH has none');
  });
});
