import { describe, expect, it } from 'vitest';
import { createStrangers } from '../../../../src/supervisor/daemon/sampler/strangers.ts';
import { aRow } from './a-row.ts';

const NOBODY: ReadonlySet<number> = new Set();

describe('createStrangers', () => {
  it('knows nobody at first sight, and never one of ours', () => {
    const strangers = createStrangers();
    const rows = [aRow({ pid: 1 }), aRow({ pid: 2 })];
    expect(strangers.known(0)).toEqual(NOBODY);
    strangers.meet(rows, new Set([2]));
    expect(strangers.known(0)).toEqual(NOBODY);
    strangers.meet(rows, new Set([2]));
    expect(strangers.known(0)).toEqual(new Set([1]));
  });

  it('takes another process with the same pid for nobody it met', () => {
    const strangers = createStrangers();
    strangers.known(0);
    strangers.meet([aRow({ pid: 1 })], NOBODY);
    strangers.meet([aRow({ pid: 1, born: 2 })], NOBODY);
    expect(strangers.known(0)).toEqual(NOBODY);
  });

  it('forgets them all after a minute, and when it is told to', () => {
    const strangers = createStrangers();
    const meetTwice = (now: number): ReadonlySet<number> => {
      strangers.known(now);
      for (let times = 0; times < 2; times += 1) strangers.meet([aRow({ pid: 1 })], NOBODY);
      return new Set(strangers.known(now));
    };
    expect(meetTwice(0).size).toBe(1);
    expect(strangers.known(59_000).size).toBe(1);
    expect(strangers.known(61_000)).toEqual(NOBODY);
    expect(meetTwice(62_000).size).toBe(1);
    strangers.forget();
    expect(strangers.known(62_000)).toEqual(NOBODY);
  });
});
