import { expect, it } from 'vitest';
import { logsOfInstance } from '../../../src/supervisor/core/instance-logs.ts';
import { aLogSpec, aServiceSpec } from '../../helpers/a-service.ts';

const LOGS = aLogSpec({ out: '/logs/api-out.log', error: '/logs/api-error.log', combined: '/logs/api.log' });
const outOf = (out: string | null, id = 7): string | null =>
  logsOfInstance(aServiceSpec({ instances: 2, logs: aLogSpec({ out }) }), id).out;

it('of one instance are those of the configuration', () => {
  expect(logsOfInstance(aServiceSpec({ logs: LOGS }), 7)).toBe(LOGS);
});

it('of several have the id of each in their names', () => {
  expect(logsOfInstance(aServiceSpec({ logs: LOGS, instances: 2 }), 7)).toEqual({
    ...LOGS,
    out: '/logs/api-out-7.log',
    error: '/logs/api-error-7.log',
    combined: '/logs/api-7.log',
  });
});

it('of several that share them are those of the configuration', () => {
  const logs = { ...LOGS, merged: true };
  expect(logsOfInstance(aServiceSpec({ logs, instances: 4 }), 7)).toBe(logs);
});

it.each([
  ['/logs/api', '/logs/api-7'],
  ['/logs.d/api', '/logs.d/api-7'],
  ['/logs/api.2026.log', '/logs/api.2026-7.log'],
  ['/logs/api.', '/logs/api.-7'],
  ['/my logs/ü ber.log', '/my logs/ü ber-7.log'],
  [null, null],
])('%s becomes %s', (path, numbered) => {
  expect(outOf(path)).toBe(numbered);
});

it('of two instances are never the same', () => {
  expect(outOf('/logs/api.log', 1)).not.toBe(outOf('/logs/api.log', 11));
});
