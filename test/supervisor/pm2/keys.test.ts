import { describe, expect, it } from 'vitest';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';
import { namesIn, said, web } from './an-app.ts';

describe('a key that nobody knows', () => {
  it.each([
    ['max_memory_restrat', 'max_memory_restart'],
    ['max-memory-restart', 'max_memory_restart'],
    ['MaxMemoryRestart', 'max_memory_restart'],
    ['maxmemoryrestart', 'max_memory_restart'],
    ['instance', 'instances'],
    ['excec_mode', 'exec_mode'],
    ['outfile', 'out_file'],
    ['auto_restart', 'autorestart'],
    ['interpeter', 'interpreter'],
    ['envProduction', 'env_production'],
    ['env-production', 'env_production'],
    ['viziom', 'vizion'],
  ])('%s is told, with what was meant', (key, meant) => {
    expect(said({ apps: [{ ...web(), [key]: 'x' }] })).toBe(
      `ecosystem.config.js: app "web": ${key} is no key of an app; did you mean ${meant}?`,
    );
  });

  it('is told, with nothing proposed that is far away', () => {
    expect(said({ apps: [web({ depends_on: ['db'] })] })).toBe(
      'ecosystem.config.js: app "web": depends_on is no key of an app',
    );
  });

  it('for the script is told once', () => {
    expect(said({ apps: [{ name: 'web', scirpt: 'app.js' }] })).toBe(
      'ecosystem.config.js: app "web": scirpt is no key of an app; did you mean script?',
    );
  });

  it('beside apps is told, with what was meant', () => {
    expect(said({ apps: [web()], depoly: {} })).toBe(
      'ecosystem.config.js: depoly is no key of an ecosystem file; did you mean deploy?',
    );
  });
});

describe('a key in the wrong place', () => {
  it.each([
    ['restart_delay', { apps: [web()], restart_delay: 100 }],
    ['maxRestarts', { apps: [web()], maxRestarts: 4 }],
    ['env_production', { apps: [web()], env_production: {} }],
    ['env', { apps: [web()], env: {} }],
    ['pmx', { apps: [web()], pmx: false }],
  ])('%s beside apps does nothing, and is told', (key, value) => {
    expect(said(value)).toBe(
      `ecosystem.config.js: ${key} stands beside "apps", where it does nothing; it belongs in an app`,
    );
  });

  it.each([
    [{ max_memory_restart: '1G' }, 'env.max_memory_restart is misplaced: it belongs beside "env", not in it'],
    [{ execMode: 'cluster' }, 'env.execMode is misplaced: it belongs beside "env", not in it'],
    [{ instances: 2 }, 'env.instances is misplaced: it belongs beside "env", not in it'],
    [{ env_production: 'x' }, 'env.env_production is misplaced: it belongs beside "env", not in it'],
  ])('%j in env is told', (env, text) => {
    expect(said({ apps: [web({ env })] })).toBe(`ecosystem.config.js: app "web": ${text}`);
  });

  it('in a profile is told', () => {
    expect(said({ apps: [web({ env_x: { error_file: 'e' } })] })).toContain('env_x.error_file is misplaced');
  });

  it.each([
    [{ port: '3000' }],
    [{ name: 'x', user: 'me', debug: '1', log: 'info', time: '1' }],
    [{ http_proxy: 'x', npm_config_x: 1 }],
  ])('is none where a short word may well be a variable: %j', (env) => {
    expect(namesIn({ apps: [web({ env })] })).toEqual(['web']);
  });

  it.each([
    ['deploy', 'deploy is misplaced: it belongs beside "apps", at the top of the file'],
    ['apps', 'apps is misplaced: it belongs beside "apps", at the top of the file'],
    ['DATABASE_HOST', 'DATABASE_HOST is misplaced: variables belong in "env"'],
  ])('%s in an app is told', (key, text) => {
    expect(said({ apps: [web({ [key]: [] })] })).toBe(`ecosystem.config.js: app "web": ${text}`);
  });
});

describe('one setting under two names', () => {
  it('is refused where they differ', () => {
    expect(said({ apps: [web({ out_file: 'a', output: 'b' })] })).toBe(
      'ecosystem.config.js: app "web": out_file and output are one setting, and differ',
    );
  });

  it('is fine where they agree', () => {
    expect(namesIn({ apps: [web({ out_file: 'a', output: 'a' })] })).toEqual(['web']);
  });
});

describe("keys of PM2's own services", () => {
  it('are accepted, ignored, and said once', () => {
    const { request } = aWorkshop({ 'app.js': '' });
    const { specs, notices } = servicesOf(
      [web({ pmx: true, vizion: false, deepMonitoring: {} }), web({ name: 'b', pmx: false, instrument: 1 })],
      request(),
    );
    expect(specs).toHaveLength(2);
    expect(notices).toEqual([
      "ecosystem.config.js: ignored, as only PM2's own services use it: pmx, vizion, deepMonitoring, instrument",
    ]);
  });

  it('and static are said', () => {
    const { request } = aWorkshop({ 'app.js': '' });
    expect(servicesOf({ apps: [web()], static: [{ path: '.', port: 1 }] }, request()).notices).toEqual([
      '"static" is ignored: files are not served',
    ]);
  });
});
