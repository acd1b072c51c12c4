import { describe, expect, it } from 'vitest';
import { crash, diagnoseText } from './support/diagnose-text.ts';

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString();

const REFUSED = 'Error: connect ECONNREFUSED 127.0.0.1:5432';

describe('a service that is well again', () => {
  const lost = times(6, () => `orders starting\n${crash(REFUSED)}`).join('');

  it.each([
    [1, true, false],
    [4, true, false],
    [20, false, true],
    [200, false, true],
  ])('after %i lines of work: loop %s, past %s', async (lines, restartLoop, pastLoop) => {
    const well = times(lines, (i) => `GET /orders/${i} 200\n`).join('');
    const told = await diagnoseText(`${lost}orders starting\n${well}`);
    expect(told).toMatchObject({ restartLoop, pastLoop, restarts: 6, rootCause: { code: 'ECONNREFUSED_DB' } });
  });
});

describe('a watcher that names one source file', () => {
  const log = (gaps: readonly number[]): string => {
    let clock = 0;
    const restart = (gap: number): string => {
      clock += gap;
      return `[INFO] ${at(clock).slice(11, 19)} Restarting: /srv/app/stamp.ts has been modified\nbadges up\n`;
    };
    return `[INFO] 00:00:00 ts-node-dev ver. 2.0.0\nbadges up\n${gaps.map(restart).join('')}`;
  };

  it.each([
    ['at the pace of a program, told in whole seconds', times(18, () => 0.77), true],
    ['at the pace of a person', [4, 31, 9, 77, 6, 140, 22, 8], false],
    ['evenly, but seldom', [2, 3, 2, 4, 3], false],
    ['evenly, but too slowly for a program that just started', times(12, () => 40), false],
  ])('%s', async (_, gaps, restartLoop) => {
    expect((await diagnoseText(log(gaps))).restartLoop).toBe(restartLoop);
  });
});
