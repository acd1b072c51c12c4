import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCode, messageOf } from '../../src/util/error-code.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('errorCode', () => {
  it('is the code that the system gave', () => {
    expect(errorCode(thrownBy(() => readFileSync('/nowhere/at/all')))).toBe('ENOENT');
  });

  it.each([
    new Error('plain'),
    Object.assign(new Error('number'), { code: 7 }),
    'ENOENT',
    { code: 'ENOENT' },
    null,
    undefined,
  ])('is null for %j', (error) => {
    expect(errorCode(error)).toBeNull();
  });
});

describe('messageOf', () => {
  it.each([
    [new Error('what went wrong'), 'what went wrong'],
    ['a bare word', 'a bare word'],
    [null, 'null'],
    [undefined, 'undefined'],
  ])('of %s is %j', (error, message) => {
    expect(messageOf(error)).toBe(message);
  });
});
