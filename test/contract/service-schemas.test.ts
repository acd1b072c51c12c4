import { describe, expect, test } from 'vitest';
import { mutantsOf } from './support/mutants.ts';
import { expectValid, validatorOf } from './support/schemas.ts';
import { EMPTY_RESULTS, SERVICE_RESULTS } from './support/service-examples.ts';

describe('the schema of each command about services', () => {
  test.each([...SERVICE_RESULTS, ...EMPTY_RESULTS])('%s: takes what the command may print', (name, result) => {
    expectValid(name, result);
  });

  test.each(SERVICE_RESULTS)('%s: refuses a field removed, added or of another type', (name, result) => {
    const mutants = mutantsOf(result);
    expect(mutants.length).toBeGreaterThan(6);
    const validate = validatorOf(name);
    expect(mutants.filter(({ value }) => validate(value)).map(({ change }) => change)).toEqual([]);
  });

  test.each(SERVICE_RESULTS.map(([name]) => name))('%s: refuses another command, version or word', (name) => {
    const validate = validatorOf(name);
    for (const wrong of [
      {},
      null,
      'text',
      [1],
      { schemaVersion: 2, command: name },
      { schemaVersion: 1, command: 'x' },
    ])
      expect(validate(wrong)).toBe(false);
  });
});
