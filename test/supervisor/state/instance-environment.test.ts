import { expect, it } from 'vitest';
import { homeAt } from '../../../src/supervisor/state/home.ts';
import {
  instanceEnvironment,
  markEntryOf,
  markOf,
  neededPort,
} from '../../../src/supervisor/state/instance-environment.ts';
import { aServiceSpec } from '../../helpers/a-service.ts';

it('a mark tells the home and the service', () => {
  const [here, there] = [homeAt('/a'), homeAt('/b')];
  expect(markOf(here, 3)).toMatch(/^[0-9a-f]{12}\.3$/);
  expect(markEntryOf(here, 3)).toBe(`DEVDOCTOR_SERVICE=${markOf(here, 3)}`);
  expect(new Set([markOf(here, 3), markOf(here, 33), markOf(there, 3)]).size).toBe(3);
});

it.each([
  ['3000', 0, '3000'],
  ['3000', 2, '3002'],
  ['0', 1, '1'],
  ['three', 2, 'three'],
  ['', 2, ''],
])('increment_var of %j in instance %i is %j', (value, instance, expected) => {
  const spec = aServiceSpec({ env: { PORT: value }, incrementVariable: 'PORT' });
  expect(instanceEnvironment(spec, instance)['PORT']).toBe(expected);
});

it('increment_var of a variable that is not set sets none', () => {
  expect('PORT' in instanceEnvironment(aServiceSpec({ env: {}, incrementVariable: 'PORT' }), 1)).toBe(false);
});

it('the instance has its number under the name that is configured', () => {
  expect(instanceEnvironment(aServiceSpec({ env: {}, instanceVariable: 'WORKER', cwd: '/srv' }), 4)).toEqual({
    WORKER: '4',
    PWD: '/srv',
  });
});

it('the port grows with the instance only where PORT does', () => {
  expect(neededPort(aServiceSpec({ port: 3_000, incrementVariable: 'PORT' }), 2)).toBe(3_002);
  expect(neededPort(aServiceSpec({ port: 3_000, incrementVariable: 'ID' }), 2)).toBe(3_000);
  expect(neededPort(aServiceSpec({ port: 3_000 }), 2)).toBe(3_000);
  expect(neededPort(aServiceSpec({ incrementVariable: 'PORT' }), 2)).toBeNull();
});
