import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { refusalOf, saidBy } from './refusal.ts';
import { said, web } from './an-app.ts';

describe('mistakes', () => {
  it('are all told at once, each with its app and its key', () => {
    const error = refusalOf(() =>
      servicesOf(
        {
          apps: [
            web({ max_restarts: 'many', instances: 'two' }),
            { name: 'api', script: 'missing.js', colour: 'red' },
            { script: 'app.js', cwd: 'nowhere' },
          ],
          restart_delay: 5,
        },
        aWorkshop({ 'app.js': '' }).request(),
      ),
    );
    expect(error.message).toBe('ecosystem.config.js: 6 mistakes');
    expect(error.hint).toBe('mend ecosystem.config.js; nothing was started');
    expect(error.code).toBe('configuration');
    expect(error.details.map((line) => line.replace(/\/\S*\/project/g, 'PROJECT'))).toEqual([
      'restart_delay stands beside "apps", where it does nothing; it belongs in an app',
      'app "web": instances must be a whole number up to 1000, or "max" for one per processor, and is "two"',
      'app "web": max_restarts must be a whole number of 0 or more, and is "many"',
      'app "api": colour is no key of an app',
      'app "api": script "missing.js" cannot be run: there is no PROJECT/missing.js, and no program of this name in PATH',
      'app 3: cwd cannot be entered: there is no PROJECT/nowhere',
    ]);
  });

  it('are told up to ten, and then counted', () => {
    const error = refusalOf(() =>
      servicesOf(
        Array.from({ length: 14 }, (_, index) => ({ name: `a${index}` })),
        aWorkshop().request(),
      ),
    );
    expect(error.message).toBe('ecosystem.config.js: 14 mistakes');
    expect(error.details).toHaveLength(11);
    expect(error.details.at(-1)).toBe('and 4 more');
  });

  it('name the file by its path where it is elsewhere', () => {
    const { request } = aWorkshop();
    expect(saidBy(() => servicesOf({}, request({ file: '/etc/shop/x.config.js' })))).toBe(
      '/etc/shop/x.config.js: it has no apps',
    );
  });

  it('do not become others by what follows from them', () => {
    expect(said({ apps: [web({ cwd: 7 })] })).toBe('ecosystem.config.js: app "web": cwd must be a text, and is 7');
  });
});

describe('--only', () => {
  const apps = [web(), web({ name: 'api' }), web({ name: 'queue', script: 'not-built-yet.js' })];
  const only = (...names: readonly string[]) =>
    servicesOf({ apps }, aWorkshop({ 'app.js': '' }).request({ only: names }));

  it('takes those apps, and does not ask for the files of others', () => {
    expect(only('api', 'web').specs.map(({ name }) => name)).toEqual(['web', 'api']);
  });

  it('refuses a name that is not there, with what was meant', () => {
    const { message, hint, code } = refusalOf(() => only('web', 'apii'));
    expect(message).toBe('--only apii: ecosystem.config.js has no app of this name; did you mean api?');
    expect(hint).toBe('its apps: web, api, queue');
    expect(code).toBe('usage');
  });
});

describe('--env', () => {
  const apps = [
    web({ env: { A: '1', B: '1' }, env_production: { B: '2', C: null } }),
    web({ name: 'plain', env: { A: '1' }, env_staging: {} }),
  ];
  const withProfile = (profile: string) => {
    const shop = aWorkshop({ 'app.js': '' });
    return servicesOf({ apps }, shop.request({ profile, shell: {} }));
  };

  it('puts the variables of the profile over the others, where an app has them', () => {
    const { specs } = withProfile('production');
    expect(specs.map(({ env }) => env)).toEqual([{ A: '1', B: '2' }, { A: '1' }]);
    expect(specs.map(({ profile }) => profile)).toEqual(['production', 'production']);
  });

  it('refuses a profile that no app has, with what was meant', () => {
    const { message, hint, code } = refusalOf(() => withProfile('prodction'));
    expect(message).toBe('--env prodction: no app of ecosystem.config.js has env_prodction; did you mean production?');
    expect(hint).toBe('its profiles: production, staging');
    expect(code).toBe('usage');
  });

  it('says so where there is no profile at all', () => {
    const error = refusalOf(() => servicesOf([web()], aWorkshop({ 'app.js': '' }).request({ profile: 'x' })));
    expect(error.hint).toBe('its profiles: none');
  });
});

describe('flags', () => {
  it('win over every app, whichever name a key has there', () => {
    const shop = aWorkshop({ 'app.js': '' });
    const { specs } = servicesOf(
      [web({ maxRestarts: 3 }), web({ name: 'b', output: 'x.log' })],
      shop.request({ overrides: { max_restarts: 7, out_file: 'y.log' } }),
    );
    expect(specs.map(({ maxRestarts }) => maxRestarts)).toEqual([7, 7]);
    expect(specs.map(({ logs }) => logs.out)).toEqual([join(shop.folder, 'y.log'), join(shop.folder, 'y.log')]);
  });

  it('are told as flags, once, when they are wrong', () => {
    const { request } = aWorkshop({ 'app.js': '' });
    const text = saidBy(() =>
      servicesOf([web(), web({ name: 'b' })], request({ overrides: { max_memory_restart: 'big' } })),
    );
    expect(text).toBe(
      'ecosystem.config.js: --max-memory-restart must be a size such as "300M", "1.5G", "800K", or a number of bytes, and is "big"',
    );
  });
});
