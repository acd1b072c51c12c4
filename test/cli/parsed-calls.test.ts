import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/cli/invocation.ts';
import { parseFast } from '../../src/cli/parse-fast.ts';
import { parseWithYargs } from '../../src/cli/parse-with-yargs.ts';

/** What the command makes of its words: the fast parser where it takes them, else the full one. */
const parse = async (...argv: readonly string[]): Promise<Invocation> => {
  const fast = parseFast(argv);
  if (fast !== null) return fast;
  const parsed = await parseWithYargs(argv, '0.0.0', 80);
  if (parsed.kind === 'print') throw new Error(`printed: ${parsed.text}`);
  return parsed.invocation;
};

const refusalOf = (...argv: readonly string[]): Promise<string> =>
  parse(...argv).then(
    (parsed) => `taken: ${JSON.stringify(parsed)}`,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('words for services', () => {
  it('are all of the words', async () => {
    expect((await parse('stop', '0', '1', 'api')).positionals).toEqual(['0', '1', 'api']);
    expect((await parse('start', 'a.js', '--watch', 'b.js')).positionals).toEqual(['a.js', 'b.js']);
  });

  it('may look like options of another command, and like numbers', async () => {
    expect((await parse('scale', 'api', '-2')).positionals).toEqual(['api', '-2']);
    expect((await parse('scale', 'api', '-12')).positionals).toEqual(['api', '-12']);
    expect((await parse('scale', 'api', '+2')).positionals).toEqual(['api', '+2']);
    expect((await parse('restart', '007', '1e3')).positionals).toEqual(['007', '1e3']);
  });

  it('may be a dash, which is standard input', async () => {
    expect((await parse('start', '-')).positionals).toEqual(['-']);
    expect(await parse('start', '-', '--log', '-')).toMatchObject({ positionals: ['-'], values: { log: ['-'] } });
  });

  it('keep one word as one', async () => {
    expect((await parse('start', 'npm run dev', '-n', 'web')).positionals).toEqual(['npm run dev']);
  });
});

describe('words after --', () => {
  it('are handed on as they are', async () => {
    expect(await parse('start', 'npm', '--name', 'web', '--', 'run', 'dev', '--', '-x', '--json', '-')).toEqual({
      command: 'start',
      positionals: ['npm'],
      flags: new Set(),
      values: { name: ['web'] },
      rest: ['run', 'dev', '--', '-x', '--json', '-'],
    });
  });

  it('are never read as help, and never refused', async () => {
    expect((await parse('start', '-', '--', '--help', '--constructor')).rest).toEqual(['--help', '--constructor']);
  });

  it('are words like any other for a command that hands on nothing', async () => {
    expect(await parse('stop', '--', 'api')).toMatchObject({ positionals: ['api'], rest: [] });
  });
});

describe('values', () => {
  it.each([
    [['-i', '-1'], 'instances', '-1'],
    [['--instances', '-1'], 'instances', '-1'],
    [['-i', 'max'], 'instances', 'max'],
    [['--node-args', '--inspect'], 'node-args', '--inspect'],
    [['--node-args', '-r tsx'], 'node-args', '-r tsx'],
  ])('may begin with a dash where that has a meaning: %j', async (words, option, value) => {
    expect((await parse('start', 'app.js', ...words)).values).toEqual({ [option]: [value] });
  });

  it('are not the next option', async () => {
    expect(await refusalOf('start', 'app.js', '--node-args', '--name', 'x')).toMatch(/^--node-args takes a value/);
  });

  it('of a list take one word each, so that the others are left to the command', async () => {
    expect(await parse('start', '--ignore-watch', 'logs', 'app.js', '--ignore-watch', 'tmp')).toMatchObject({
      positionals: ['app.js'],
      values: { 'ignore-watch': ['logs', 'tmp'] },
    });
    expect(await parse('start', '--only', 'a', 'file.json', '--name=')).toMatchObject({
      positionals: ['file.json'],
      values: { only: ['a'] },
    });
  });
});

describe('other names of commands', () => {
  it.each([
    ['ls', 'list'],
    ['l', 'list'],
    ['ps', 'list'],
    ['status', 'list'],
    ['dash', 'monit'],
    ['dashboard', 'monit'],
    ['dump', 'save'],
  ])('%s is %s', async (word, command) => {
    expect((await parse(word)).command).toBe(command);
    expect((await parse(word, '--json=true')).command).toBe(command);
  });

  it.each([
    ['desc', 'show'],
    ['describe', 'show'],
    ['info', 'show'],
    ['del', 'delete'],
  ])('%s is %s', async (word, command) => {
    expect((await parse(word, 'api')).command).toBe(command);
  });

  it('sendSignal is send-signal', async () => {
    expect(await parse('sendSignal', 'HUP', 'api', 'b')).toMatchObject({
      command: 'send-signal',
      positionals: ['HUP', 'api', 'b'],
    });
  });
});

describe('a mistake', () => {
  it.each([
    [['stop'], /^stop needs to know what: names, ids/],
    [['scale'], /^scale needs to know what: a name, id/],
    [['scale', 'api'], /^scale needs to know what: how many/],
    [['send-signal', 'HUP'], /^send-signal needs to know what: names, ids/],
    [['start', 'app.js', '--nmae', 'x'], /^unknown option --nmae; did you mean --name\?$/],
    [['desc', 'api', '--show-secret'], /^unknown option --show-secret; did you mean --show-secrets\?$/],
    [['pid', 'a', 'b'], /^pid does not take "b"$/],
    [['restrat', 'api'], /^unknown command "restrat"; did you mean restart\?$/],
    [['start', 'app.js', '--port'], /^--port takes a whole number from 1 to 65535/],
  ])('is told by its word: %j', async (argv, message) => {
    expect(await refusalOf(...argv)).toMatch(message);
  });
});
