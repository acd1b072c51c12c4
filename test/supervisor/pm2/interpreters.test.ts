import { describe, expect, it } from 'vitest';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { FILES, commandOf, said, specIn } from './a-command.ts';

describe('an interpreter', () => {
  it.each([
    [{ script: 'app.py', interpreter: './venv/bin/python' }, ['PROJECT/venv/bin/python', 'PROJECT/app.py']],
    [{ script: 'app.py', interpreter: 'my venv/bin/python' }, ['PROJECT/my venv/bin/python', 'PROJECT/app.py']],
    [
      { script: 'app.py runserver', interpreter: 'python3', node_args: '-u' },
      ['BIN/python3', '-u', 'PROJECT/app.py', 'runserver'],
    ],
    [{ script: 'app.js', interpreter: 'node --harmony', args: 'x' }, ['NODE', '--harmony', 'PROJECT/app.js', 'x']],
    [{ script: 'npm', args: 'start', interpreter: 'node' }, ['NODE', 'BIN/npm', 'start']],
    [{ script: 'app.js', interpreter: 'next' }, ['PROJECT/node_modules/.bin/next', 'PROJECT/app.js']],
    [{ script: './run', interpreter: 'none', args: 'a' }, ['PROJECT/run', 'a']],
    [{ script: 'npm', interpreter: 'none', args: 'start' }, ['BIN/npm', 'start']],
    [{ script: 'app.sh', interpreter: 'bash' }, ['BIN/bash', 'PROJECT/app.sh']],
  ])('%j', (app, command) => {
    expect(commandOf(app)).toEqual(command);
  });

  it.each([
    [
      { script: 'app.py', interpreter: './vnv/bin/python' },
      'interpreter "./vnv/bin/python" cannot be run: there is no PROJECT/vnv/bin/python, not even PROJECT/vnv; did you mean PROJECT/venv?',
    ],
    [
      { script: 'app.js', interpreter: './notes.txt' },
      'interpreter "./notes.txt" cannot be run: PROJECT/notes.txt is not executable',
    ],
    [
      { script: 'app.js', interpreter: 'none' },
      'script "app.js" cannot be run: PROJECT/app.js is not executable: chmod +x, or name its "interpreter"',
    ],
    [{ script: 'gone.py', interpreter: 'python3' }, 'script "gone.py" cannot be run: there is no PROJECT/gone.py'],
  ])('%j is refused', (app, text) => {
    expect(said(app)).toContain(text);
  });

  it.each([
    [{ script: 'app.js' }, true],
    [{ script: 'npm' }, false],
    [{ script: './run' }, false],
  ])('of %j is named in the spec where there is one', (app, has) => {
    expect(specIn(aWorkshop(FILES), app).interpreter !== null).toBe(has);
  });
});

describe('Python', () => {
  it.each([
    [{ script: 'app.py' }],
    [{ script: 'bin/py' }],
    [{ script: 'python3', args: 'app.py' }],
    [{ script: 'python3 app.py x' }],
  ])('%j does not keep its output back', (app) => {
    const spec = specIn(aWorkshop(FILES), app);
    expect(spec.env['PYTHONUNBUFFERED']).toBe('1');
    expect(spec.ownVariables).toEqual([]);
  });

  it('does so where the configuration says so', () => {
    expect(specIn(aWorkshop(FILES), { script: 'app.py', env: { PYTHONUNBUFFERED: '' } }).env['PYTHONUNBUFFERED']).toBe(
      '',
    );
  });

  it('is not what runs other programs', () => {
    expect(specIn(aWorkshop(FILES), { script: 'app.js' }).env).not.toHaveProperty('PYTHONUNBUFFERED');
  });
});

describe('cluster mode', () => {
  it('is kept for scripts of Node', () => {
    expect(specIn(aWorkshop(FILES), { script: 'app.js', exec_mode: 'cluster', instances: 2 }).mode).toBe('cluster');
  });

  it('becomes fork mode for other programs, which is said', () => {
    const shop = aWorkshop(FILES);
    const { specs, notices } = servicesOf(
      [{ name: 'x', script: 'npm', args: 'start', exec_mode: 'cluster' }],
      shop.request(),
    );
    expect(specs[0]?.mode).toBe('fork');
    expect(notices).toEqual(['app "x": exec_mode "cluster" is for scripts of Node; npm runs in fork mode']);
  });
});
