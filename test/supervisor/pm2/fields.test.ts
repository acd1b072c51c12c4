import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServiceSpec } from '../../../src/model/service.ts';
import { KEYS } from '../../../src/supervisor/pm2/fields/index.ts';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop, type Workshop } from './a-workshop.ts';
import { BAD } from './bad-values.ts';
import { GOOD, LOGS, WATCH } from './good-values.ts';
import { saidBy } from './refusal.ts';

const workshop = (): Workshop => aWorkshop({ 'app.js': '', 'other.js': '', 'sub/app.js': '', 'a b/c.js': '' });

const specOf = (app: object, { request }: Workshop): ServiceSpec => {
  const [spec] = servicesOf({ apps: [{ name: 'web', script: 'app.js', ...app }] }, request()).specs;
  if (spec === undefined) throw new Error('there is no spec');
  return spec;
};

describe('a key of an app', () => {
  it.each(GOOD)('%s: %j', (key, value, expected) => {
    const shop = workshop();
    const app = key === 'script' ? {} : { script: ['exec', 'cmd', 'command'].includes(key) ? undefined : 'app.js' };
    expect(specOf({ ...app, [key]: value }, shop)).toMatchObject(expected(shop));
  });

  it.each(LOGS)('%s: %j', (key, value, expected) => {
    const shop = workshop();
    expect(specOf({ [key]: value }, shop).logs).toMatchObject(expected(shop));
  });

  it.each(WATCH)('%j is watched as it says', (app, expected) => {
    const shop = workshop();
    expect(specOf(app, shop).watch).toEqual(expected(shop.folder));
  });

  it.each(BAD)('%s: %j is refused: %s', (key, value, said) => {
    const { request } = workshop();
    const app = { name: 'web', script: 'app.js', [key]: value };
    const text = saidBy(() => servicesOf({ apps: [app] }, request()));
    expect(text).toContain(said);
    expect(text).not.toContain('hunter2');
    expect(text).toMatch(/^ecosystem\.config\.js: app (?:"web"|1): /);
  });

  it('is in both tables, whichever it is', () => {
    const tested = (rows: readonly (readonly [string, ...unknown[]])[]) => new Set(rows.map(([key]) => key));
    const good = tested([...GOOD, ...LOGS, ...WATCH.flatMap(([app]) => Object.keys(app).map((key) => [key] as const))]);
    const camel = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const has = (known: ReadonlySet<string>, key: string) => known.has(key) || known.has(camel(key));
    expect(KEYS.filter((key) => !has(good, key))).toEqual([]);
    expect(KEYS.filter((key) => !has(tested(BAD), key))).toEqual([]);
  });

  it.each([
    ['maxMemoryRestart', '1M', { maxMemoryBytes: 1_048_576 }],
    ['execMode', 'cluster', { mode: 'cluster' }],
    ['cronRestart', '0 1 * * *', { cron: '0 1 * * *' }],
    ['expBackoffRestartDelay', 7, { expBackoffMs: 7 }],
    ['stopExitCodes', [3], { stopExitCodes: [3] }],
  ])('may be written in camelCase: %s', (key, value, expected) => {
    expect(specOf({ [key]: value }, workshop())).toMatchObject(expected);
  });

  it.each([[null], [undefined]])('that is %s is as one that is not there', (nothing) => {
    const shop = workshop();
    const empty = Object.fromEntries(
      KEYS.filter((key) => key !== 'script' && key !== 'name').map((key) => [key, nothing]),
    );
    expect(specOf(empty, shop)).toEqual(specOf({}, shop));
  });

  it('that is not there has its default', () => {
    const shop = workshop();
    expect(specOf({ name: undefined }, shop)).toEqual({
      name: 'app',
      namespace: 'default',
      script: 'app.js',
      command: [shop.node, join(shop.folder, 'app.js')],
      interpreter: shop.node,
      cwd: shop.folder,
      env: { PATH: shop.bin, HOME: shop.home },
      ownVariables: [],
      mode: 'fork',
      instances: 1,
      instanceVariable: 'NODE_APP_INSTANCE',
      incrementVariable: null,
      autostart: true,
      autorestart: true,
      maxRestarts: 16,
      minUptimeMs: 1_000,
      restartDelayMs: 0,
      expBackoffMs: 0,
      stopExitCodes: [],
      maxMemoryBytes: null,
      killTimeoutMs: 1_600,
      killSignal: 'SIGINT',
      treeKill: true,
      shutdownWithMessage: false,
      listenTimeoutMs: 3_000,
      waitReady: false,
      port: null,
      logs: {
        out: join(shop.logs, 'app-out.log'),
        error: join(shop.logs, 'app-error.log'),
        combined: null,
        dateFormat: null,
        type: 'raw',
        merged: false,
        rotation: { maxBytes: 10_485_760, maxAgeMs: null, retain: 5, compress: true },
      },
      watch: null,
      cron: null,
      uid: null,
      gid: null,
      pidFile: null,
      configFile: join(shop.folder, 'ecosystem.config.js'),
      profile: null,
    });
  });

  it('makes a spec that survives JSON', () => {
    const spec = specOf({ watch: true, env: { A: 1 }, port: 80, log_rotate: { max_age: '1d' } }, workshop());
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });
});
