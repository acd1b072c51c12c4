import { describe, expect, it } from 'vitest';
import { START_OPTIONS } from '../../../src/cli/command-table/start-options.ts';
import type { Invocation } from '../../../src/cli/invocation.ts';
import { givenFieldOptions, startFields } from '../../../src/cli/services/start-fields.ts';
import { keyNamed } from '../../../src/supervisor/pm2/keys.ts';

const invocation = (values: Invocation['values'], flags: readonly string[] = []): Invocation => ({
  command: 'start',
  positionals: [],
  flags: new Set(flags),
  values,
  rest: [],
});

/** These say how to start, not what. */
const NO_FIELDS = new Set(['env', 'only', 'update-env', 'force', 'attach', 'no-daemon']);

const DESCRIBING = START_OPTIONS.filter(({ name }) => !NO_FIELDS.has(name));

const given = (name: string, type: 'boolean' | 'string'): Invocation =>
  type === 'boolean' ? invocation({}, [name]) : invocation({ [name]: ['1'] });

describe('options of start that describe a service', () => {
  it.each(DESCRIBING.map(({ name, type }) => [name, type] as const))('--%s is a key that PM2 knows', (name, type) => {
    const keys = Object.keys(startFields(given(name, type)));
    expect(keys).toHaveLength(1);
    expect(keyNamed(keys[0] ?? '')).not.toBeNull();
    expect(givenFieldOptions(given(name, type))).toEqual([name]);
  });

  it.each([...NO_FIELDS])('--%s is none', (name) => {
    for (const type of ['boolean', 'string'] as const) {
      expect(startFields(given(name, type))).toEqual({});
      expect(givenFieldOptions(given(name, type))).toEqual([]);
    }
  });

  it('say nothing where nothing was given', () => {
    expect(startFields(invocation({}))).toEqual({});
  });
});

describe('what the options say', () => {
  it.each<[Invocation['values'], readonly string[], object]>([
    [{ name: ['a', 'b'] }, [], { name: 'b' }],
    [{ instances: ['max'] }, [], { instances: 'max' }],
    [{}, ['no-autorestart', 'no-treekill'], { autorestart: false, treekill: false }],
    [{}, ['watch', 'time'], { watch: true, time: true }],
    [{ 'stop-exit-codes': ['0,2 3'] }, [], { stop_exit_codes: ['0', '2', '3'] }],
    [{ 'ignore-watch': ['logs tmp', 'dist'] }, [], { ignore_watch: ['logs', 'tmp', 'dist'] }],
    [{ 'node-args': ['--inspect -r "a b"'] }, [], { node_args: '--inspect -r "a b"' }],
    [{ 'interpreter-args': ['-u'], 'node-args': ['-x'] }, [], { node_args: '-u -x' }],
  ])('%j %j is %j', (values, flags, expected) => {
    expect(startFields(invocation(values, flags))).toEqual(expected);
  });
});
