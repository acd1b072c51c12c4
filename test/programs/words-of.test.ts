import { describe, expect, it } from 'vitest';
import { bareName, namesOf, programNamesOf, scriptOf, wordsOf } from '../../src/programs/words-of.ts';

const process = (name: string, ...command: readonly string[]) => ({ name, command });

describe('wordsOf', () => {
  it.each([
    [
      ['node', 'a b.js'],
      ['node', 'a b.js'],
    ],
    [['npm run dev'], ['npm', 'run', 'dev']],
    [['  next-server   (v15.1.0)  '], ['next-server', '(v15.1.0)']],
    [[''], []],
    [[], []],
  ])('of %j are %j', (command, words) => {
    expect(wordsOf({ name: 'x', command })).toEqual(words);
  });
});

describe('bareName', () => {
  it.each([
    ['/usr/bin/node', 'node'],
    [String.raw`C:\Program Files\nodejs\node.exe`, 'node'],
    ['npm-cli.js', 'npm-cli'],
    ['server.mjs', 'server'],
    ['server.cts', 'server'],
    ['npm.CMD', 'npm'],
    ['start.ps1', 'start'],
    ['python3.11', 'python3.11'],
    ['.bin', '.bin'],
    ['', ''],
    ['/', ''],
  ])('of %j is %j', (path, name) => {
    expect(bareName(path)).toBe(name);
  });
});

describe('scriptOf', () => {
  it.each([
    [['node', 'server.js'], 'server.js'],
    [['/usr/bin/node', '--inspect', '--watch', 'server.js', '--port', '1'], 'server.js'],
    [['node /srv/app.js'], '/srv/app.js'],
    [['python3', 'manage.py', 'runserver'], 'manage.py'],
    [['node'], null],
    [['node', '--version'], null],
    [['/srv/shop', 'server.js'], null],
    [[], null],
  ])('of %j is %j', (command, script) => {
    expect(scriptOf({ name: 'x', command })).toBe(script);
  });
});

describe('the names of a process', () => {
  it('of its program are those of its command and of the kernel', () => {
    expect(programNamesOf(process('node', '/usr/bin/node20', 'tmux.js'))).toEqual(['node20', 'node']);
    expect(programNamesOf(process('bash', '-bash'))).toEqual(['bash']);
  });

  it('hold the script besides only where that is asked', () => {
    const services = process('node', 'node', '/srv/services.js');
    expect(programNamesOf(services)).not.toContain('services');
    expect(namesOf(services)).toContain('services');
  });
});
