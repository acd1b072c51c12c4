import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/cli/invocation.ts';
import { logRequest } from '../../src/cli/log-request.ts';
import { parseFast } from '../../src/cli/parse-fast.ts';
import { parseWithYargs } from '../../src/cli/parse-with-yargs.ts';
import { openHome } from '../../src/supervisor/state/open-home.ts';
import { EMPTY_STATE, writeState } from '../../src/supervisor/state/state-file.ts';
import { aServiceRecord, aServiceSpec } from '../helpers/a-service.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const asking = (...log: readonly string[]): Invocation => ({
  command: 'check',
  positionals: [],
  flags: new Set(),
  values: log.length === 0 ? {} : { log },
  rest: [],
});

const places = { project: null, files: null, settings: [] };

const requestFor = (invocation: Invocation, cwd = '/srv/shop', environment: Record<string, string> = {}) =>
  logRequest(invocation, places, { cwd, environment, packageRoot: '/' });

describe('logs that are named', () => {
  it('are found from the current folder, each once, and called as they were named', () => {
    const { inputs, named } = requestFor(asking('a.log', 'logs/b.log', 'a.log', '/var/log/c.log'));
    expect(named).toBe(true);
    expect(inputs).toEqual([
      { kind: 'file', path: '/srv/shop/a.log', name: 'a.log' },
      { kind: 'file', path: '/srv/shop/logs/b.log', name: 'logs/b.log' },
      { kind: 'file', path: '/var/log/c.log', name: '/var/log/c.log' },
    ]);
  });

  it('are standard input for a dash', () => {
    expect(requestFor(asking('-')).inputs).toMatchObject([{ kind: 'stream', name: 'standard input' }]);
  });

  it('are called a stream where a shell hands one over', () => {
    expect(requestFor(asking('/dev/fd/63', '/proc/self/fd/7', '/dev/fd/x')).inputs.map(({ name }) => name)).toEqual([
      'the given stream',
      'the given stream',
      '/dev/fd/x',
    ]);
  });
});

describe('logs that cannot be meant', () => {
  it('are an empty name', () => {
    expect(() => requestFor(asking(''))).toThrow('--log takes the path of a file, or -, not an empty value');
  });

  it('are standard input, of which a watch would have one look', () => {
    const watching = { ...asking('-'), values: { log: ['-'], watch: ['5s'] } };
    expect(() => requestFor(watching)).toThrow('standard input can be read once');
    expect(() => requestFor({ ...watching, values: { log: ['a.log'], watch: ['5s'] } })).not.toThrow();
  });
});

describe('logs that are found', () => {
  const project = (): string => {
    const folder = makeTempDir();
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs/web.log'), 'up\n');
    return folder;
  };

  it('are called by their way from the current folder, or by their whole path above it', () => {
    const folder = project();
    const from = (cwd: string) =>
      logRequest(asking(), { ...places, project: folder }, { cwd, environment: {}, packageRoot: '/' });
    expect(from(folder)).toMatchObject({ named: false, inputs: [{ name: 'logs/web.log' }] });
    expect(from(join(folder, 'src'))).toMatchObject({ inputs: [{ name: join(folder, 'logs/web.log') }] });
  });

  it('are none outside a project', () => {
    expect(requestFor(asking(), '/', { HOME: '/nowhere' })).toMatchObject({ inputs: [], named: false });
  });
});

describe('the words after --log', () => {
  const valuesOf = async (...argv: readonly string[]): Promise<unknown> => {
    const parsed = await parseWithYargs(['check', ...argv], '0.0.0', 80);
    return parsed.kind === 'run' ? parsed.invocation.values['log'] : null;
  };

  it.each([
    ['one file', ['--log', 'a.log'], ['a.log']],
    ['several at once', ['--log', 'a', 'b'], ['a', 'b']],
    ['several one by one', ['--log', 'a', '--log=b'], ['a', 'b']],
    ['a dash', ['--log', '-'], ['-']],
    ['a dash with an equals sign', ['--log=-'], ['-']],
    ['a dash after a file', ['--log', 'a', '-'], ['a', '-']],
    ['a dash before a file', ['--log', '-', 'a'], ['-', 'a']],
    ['a dash, and another option', ['--log', '-', '--json'], ['-']],
    ['a name that looks like a number', ['--log', '007'], ['007']],
  ])('are %s', async (_, argv, expected) => {
    expect(await valuesOf(...argv)).toEqual(expected);
    const fast = parseFast(['check', ...argv]);
    if (fast !== null) expect(fast.values['log']).toEqual(expected);
  });

  it.each([[['--log']], [['--log', '--json']], [['--log=']]])('are missed in %j', async (argv) => {
    await expect(valuesOf(...argv)).rejects.toThrow('--log takes a value');
  });
});

describe('logs of supervised services', () => {
  const recordIn = (id: number, name: string, cwd: string, folder: string) => {
    const path = join(folder, `${name}-error.log`);
    writeFileSync(path, 'up\n');
    const logs = { ...aServiceSpec().logs, out: null, error: path };
    return { ...aServiceRecord(), id, spec: aServiceSpec({ name, cwd, logs }), logs };
  };

  it('are found where the service works in the project, and nowhere else', () => {
    const folder = makeTempDir();
    const home = openHome(join(folder, 'state'), process.getuid?.() ?? null);
    const project = join(folder, 'shop');
    const services = [
      recordIn(0, 'api', join(project, 'api'), home.logs),
      recordIn(1, 'other', join(folder, 'shop-of-others'), home.logs),
    ];
    writeState(home, { ...EMPTY_STATE, services });
    const environment = { DEVDOCTOR_HOME: home.folder };
    const { inputs } = logRequest(asking(), { ...places, project }, { cwd: project, environment, packageRoot: '/' });
    expect(inputs.map((input) => (input.kind === 'file' ? input.path : ''))).toEqual([
      join(home.logs, 'api-error.log'),
    ]);
  });
});
