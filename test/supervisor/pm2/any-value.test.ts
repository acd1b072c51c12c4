import { array, assert, constantFrom, jsonValue, oneof, property, record, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnownError } from '../../../src/model/error.ts';
import { FIELDS, KEYS } from '../../../src/supervisor/pm2/fields/index.ts';
import { servicesOf } from '../../../src/supervisor/pm2/services-of.ts';
import { aWorkshop } from './a-workshop.ts';

const NAMES = [...KEYS, ...KEYS.flatMap((key) => FIELDS[key].aliases), 'env_x', 'pmx', 'apps', '__proto__', 'toString'];

const value = oneof(jsonValue({ maxDepth: 2 }), constantFrom('max', 'x', 0, -1, true, '1G', 'app.js', '..', '/'));

const app = array(tuple(oneof(constantFrom(...NAMES), string()), value)).map((entries) => ({
  script: 'app.js',
  ...Object.fromEntries(entries),
}));

const file = oneof(value, app, array(oneof(app, value)), record({ apps: oneof(app, array(app), value) }));

describe('whatever a configuration holds', () => {
  it('makes services that survive JSON, or an error for people', () => {
    const { request } = aWorkshop({ 'app.js': '' });
    let made = 0;
    assert(
      property(file, (held) => {
        try {
          const { specs } = servicesOf(held, request());
          expect(JSON.parse(JSON.stringify(specs))).toEqual(specs);
          made += specs.length;
        } catch (error) {
          if (!isKnownError(error)) throw error;
          expect(error.message).toMatch(/^ecosystem\.config\.js: ./);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(made).toBeGreaterThan(0);
  });
});
