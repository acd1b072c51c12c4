import { describe, expect, it, vi } from 'vitest';
import { lazy } from '../../src/util/lazy.ts';

describe('lazy', () => {
  it.each([1, null, undefined, false])('makes %s at its first use, once', (value) => {
    const make = vi.fn(() => value);
    const ask = lazy(make);
    expect(make).not.toHaveBeenCalled();
    expect([ask(), ask()]).toEqual([value, value]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('tries again after a failure', () => {
    const make = vi
      .fn(() => 7)
      .mockImplementationOnce(() => {
        throw new Error('not yet');
      });
    const ask = lazy(make);
    expect(ask).toThrow('not yet');
    expect(ask()).toBe(7);
  });
});
