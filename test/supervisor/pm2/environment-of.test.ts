import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../src/supervisor/pm2/environment-of.ts';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { saidBy } from './refusal.ts';

const NOTHING = { filter: false, own: {}, port: null };

const SHELL = {
  PATH: '/bin',
  HOME: '/home/u',
  LC_ALL: 'C',
  NODE_ENV: 'test',
  DEBUG: '*',
  AWS_SECRET_ACCESS_KEY: 'hunter2',
  npm_config_x: '1',
  TERM: 'xterm',
  TZ: undefined,
};

describe('the environment of a service', () => {
  it('has what it needs of the shell, and not the rest', () => {
    expect(environmentOf(NOTHING, SHELL)).toEqual({
      env: { PATH: '/bin', HOME: '/home/u', LC_ALL: 'C', NODE_ENV: 'test', DEBUG: '*' },
      ownVariables: [],
      port: null,
    });
  });

  it('has what the configuration sets over that', () => {
    const { env, ownVariables } = environmentOf({ ...NOTHING, own: { NODE_ENV: 'production', TERM: 'dumb' } }, SHELL);
    expect(env).toMatchObject({ NODE_ENV: 'production', TERM: 'dumb', PATH: '/bin' });
    expect(ownVariables).toEqual(['NODE_ENV', 'TERM']);
  });

  it.each([
    [true, ['PATH', 'HOME']],
    [
      ['LC_', 'DEBUG'],
      ['PATH', 'HOME', 'NODE_ENV'],
    ],
    [['P'], ['HOME', 'LC_ALL', 'NODE_ENV', 'DEBUG']],
    [false, ['PATH', 'HOME', 'LC_ALL', 'NODE_ENV', 'DEBUG']],
  ])('leaves out what filter_env %j names', (filter, names) => {
    expect(Object.keys(environmentOf({ ...NOTHING, filter }, SHELL).env)).toEqual(names);
  });

  it('keeps what the configuration sets, whatever filter_env names', () => {
    expect(environmentOf({ ...NOTHING, filter: ['DEBUG'], own: { DEBUG: 'mine' } }, SHELL).env['DEBUG']).toBe('mine');
  });

  it.each([
    ['the key', { own: {}, port: 3000 }, {}, 3000, '3000'],
    ['the key, over PORT', { own: { PORT: '4000' }, port: 3000 }, { PORT: '5000' }, 3000, '4000'],
    ['PORT of the configuration', { own: { PORT: '4000' }, port: null }, { PORT: '5000' }, 4000, '4000'],
    ['PORT of the shell', { own: {}, port: null }, { PORT: '5000' }, 5000, '5000'],
    ['nothing', { own: {}, port: null }, {}, null, undefined],
    ['no socket', { own: { PORT: '/tmp/s.sock' }, port: null }, {}, null, '/tmp/s.sock'],
    ['no port 0', { own: { PORT: '0' }, port: null }, {}, null, '0'],
    ['no port that is too high', { own: { PORT: '70000' }, port: null }, {}, null, '70000'],
  ])('names the port by %s', (_, wish, shell, port, variable) => {
    const made = environmentOf({ filter: false, ...wish }, shell);
    expect([made.port, made.env['PORT']]).toEqual([port, variable]);
  });

  it('can hold a name that objects have of their own', () => {
    const own = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
    expect(Object.entries(environmentOf({ ...NOTHING, own }, {}).env)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('increment_var', () => {
  const run = (env: object) => () =>
    servicesOf([{ name: 'x', script: 'a.js', increment_var: 'PORT', env }], aWorkshop({ 'a.js': '' }).request());

  it('must name a number', () => {
    expect(saidBy(run({ PORT: 'x' }))).toContain('increment_var names PORT, which must be a whole number, and is "x"');
  });

  it.each([[{}], [{ PORT: 3000 }]])('is fine with %j', (env) => {
    expect(run(env)().specs).toHaveLength(1);
  });
});
