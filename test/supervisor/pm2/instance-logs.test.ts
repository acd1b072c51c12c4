import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServiceSpec } from '../../../src/model/service.ts';
import { logsOfInstance } from '../../../src/supervisor/core/instance-logs.ts';
import { fileNameOf } from '../../../src/supervisor/pm2/service-name.ts';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';

const specOf = (app: object): ServiceSpec => {
  const [spec] = servicesOf([{ name: 'web', script: 'a.js', ...app }], aWorkshop({ 'a.js': '' }).request()).specs;
  if (spec === undefined) throw new Error('there is no spec');
  return spec;
};

describe('the logs of an instance', () => {
  it('are those of the app where there is one instance', () => {
    const spec = specOf({});
    expect(logsOfInstance(spec, 7)).toEqual(spec.logs);
  });

  it.each([
    ['/l/a.log', '/l/a-3.log'],
    ['/l/a', '/l/a-3'],
    ['/l/a.b.out', '/l/a.b-3.out'],
    ['/l.d/a', '/l.d/a-3'],
  ])('are its own where there are several: %s', (out_file, out) => {
    expect(logsOfInstance(specOf({ instances: 2, out_file, log_file: '/l/all.log' }), 3)).toMatchObject({
      out,
      combined: '/l/all-3.log',
    });
  });

  it('are the same for all where they are merged', () => {
    const spec = specOf({ instances: 4, merge_logs: true, out_file: '/l/a.log' });
    expect(logsOfInstance(spec, 3)).toEqual(spec.logs);
  });

  it('stay nowhere where they go nowhere', () => {
    expect(logsOfInstance(specOf({ instances: 2, disable_logs: true }), 3)).toMatchObject({
      out: null,
      error: null,
      combined: null,
    });
  });
});

describe('one file', () => {
  it('for both streams needs no third that has both', () => {
    expect(specOf({ out_file: '/l/a.log', error_file: '/l/a.log', log_file: '/l/a.log' }).logs).toMatchObject({
      out: '/l/a.log',
      error: '/l/a.log',
      combined: null,
    });
  });

  it('with a format of its own keeps it whatever time says', () => {
    expect(specOf({ time: true, log_date_format: 'HH' }).logs.dateFormat).toBe('HH');
  });
});

describe('a name as part of a file name', () => {
  it.each([
    ['web', 'web'],
    ['my app', 'my-app'],
    ['mono:api', 'mono-api'],
    ['a.b@c_d-e', 'a.b@c_d-e'],
    ['ร้านค้า', 'ร้านค้า'],
    ['متجر', 'متجر'],
    ['🛒', '🛒'],
    ['a"b\'c*d?e<f>g|h', 'a-b-c-d-e-f-g-h'],
  ])('%s', (name, file) => {
    expect(fileNameOf(name)).toBe(file);
  });

  it('is that of the usual logs', () => {
    const shop = aWorkshop({ 'a.js': '' });
    const [spec] = servicesOf([{ name: 'my: app', script: 'a.js' }], shop.request()).specs;
    expect(spec?.logs.out).toBe(join(shop.logs, 'my--app-out.log'));
  });
});
