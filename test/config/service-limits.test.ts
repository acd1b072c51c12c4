import { describe, expect, test } from 'vitest';
import type { ProjectFiles } from '../../src/config/project-files.ts';
import { serviceLimitsIn } from '../../src/config/service-limits.ts';

const MB = 1024 ** 2;

const files = (ecosystem: unknown, settings?: unknown): ProjectFiles => ({
  folder: '/srv/shop',
  manifest: { ok: true, name: 'package.json', value: settings === undefined ? {} : { devdoctor: settings } },
  ecosystem: ecosystem === null ? null : { ok: true, name: 'ecosystem.config.js', value: ecosystem },
});

const limits = (ecosystem: unknown, settings?: unknown) =>
  serviceLimitsIn(files(ecosystem, settings)).services.map(({ name, limitBytes, source }) => [
    name,
    limitBytes,
    source,
  ]);

describe('the services a project names', () => {
  test.each([
    ['300M', 300 * MB],
    ['1.5G', 1536 * MB],
    ['800K', 800 * 1024],
    [52_428_800, 50 * MB],
    ['52428800', 50 * MB],
    ['a lot', null],
    [undefined, null],
    [0, null],
  ])('have max_memory_restart %j as %j bytes', (size, expected) => {
    expect(limits({ apps: [{ name: 'api', script: 'api.js', max_memory_restart: size }] })).toEqual([
      ['api', expected, 'max_memory_restart'],
    ]);
  });

  test.each([
    ['a list under apps', { apps: [{ name: 'a' }, { name: 'b' }] }],
    ['a list under pm2', { pm2: [{ name: 'a' }, { name: 'b' }] }],
    ['a bare list', [{ name: 'a' }, { name: 'b' }]],
  ])('are read from %s', (_, ecosystem) => {
    expect(serviceLimitsIn(files(ecosystem)).services.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('are read from a single app, named by its script where it has no name', () => {
    expect(serviceLimitsIn(files({ script: './api.js', cwd: 'packages/api' })).services).toEqual([
      {
        name: './api.js',
        limitBytes: null,
        source: 'max_memory_restart',
        cwd: '/srv/shop/packages/api',
        script: './api.js',
      },
    ]);
  });

  test('have the limit of the settings before that of the ecosystem file', () => {
    const ecosystem = {
      apps: [
        { name: 'api', max_memory_restart: '1G' },
        { name: 'web', max_memory_restart: '2G' },
      ],
    };
    expect(limits(ecosystem, { memoryLimits: { api: '100M', worker: '50M' } })).toEqual([
      ['api', 100 * MB, 'settings'],
      ['web', 2048 * MB, 'max_memory_restart'],
      ['worker', 50 * MB, 'settings'],
    ]);
  });

  test('have no limit of an inherited name', () => {
    expect(limits({ apps: [{ name: 'constructor' }] }, { memoryLimits: {} })).toEqual([
      ['constructor', null, 'max_memory_restart'],
    ]);
  });

  test('are none without files, and the general limit stands beside them', () => {
    expect(serviceLimitsIn(files(null))).toEqual({ services: [], maxMemoryBytes: null });
    expect(serviceLimitsIn(files(null, { maxMemory: '300M' }))).toEqual({ services: [], maxMemoryBytes: 300 * MB });
    const broken: ProjectFiles = { ...files(null), ecosystem: { ok: false, name: 'ecosystem.config.js', detail: 'x' } };
    expect(serviceLimitsIn(broken).services).toEqual([]);
  });
});
