import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoStamp } from '../../src/logs/time/iso-stamp.ts';
import { readTimeStamp } from '../../src/logs/time/time-stamp.ts';

/** Another seed may be given; the one in use is in the name of the test. */
const seed = Number(process.env['DEVDOCTOR_SEED'] ?? Date.now() % 1_000_000_000);
const YEAR = 2026;

describe('isoStamp', () => {
  it.each([
    ['2026-11-22T10:00:00.123Z up', '2026-11-22T10:00:00.123Z', 24],
    ['2026-11-22T10:00:00Z up', '2026-11-22T10:00:00.000Z', 20],
    ['2026-11-22 10:00:00 up', '2026-11-22T10:00:00.000Z', 19],
    ['2026-11-22 10:00:00,007 up', '2026-11-22T10:00:00.007Z', 23],
  ])('%j', (text, at, length) => {
    expect(isoStamp(text)).toEqual({ at: Date.parse(at), length });
  });

  it.each([
    '',
    'up',
    '2026-11-22T10:00:00.123Z',
    '2026-11-22T10:00:00.123Z: up',
    '2026-11-22T10:00:00.12Z up',
    '2026-11-22T10:00:00.123456Z up',
    '2026-11-22T10:00:00.123+07:00 up',
    '2026-11-22 10:00:00 +0700 up',
    '2026-11-22 10:00:00 UTC up',
    '2026-11-22 10:00:00 - up',
    '2569-11-22 10:00:00 up',
    '2026-1x-22 10:00:00 up',
    '2026/11/22 10:00:00 up',
    '2026-11-22_10:00:00 up',
  ])('leaves %j to the general reading', (text) => {
    expect(isoStamp(text)).toBeNull();
  });

  it(`never disagrees with the general reading (seed ${seed})`, () => {
    const two = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
    const text = fc
      .tuple(
        fc.tuple(fc.constantFrom('2026', '1999', '2569'), two, two).map((parts) => parts.join('-')),
        fc.constantFrom('T', ' '),
        fc.tuple(two, two, two).map((parts) => parts.join(':')),
        fc.constantFrom('', '.123', ',456', '.1', '.123456'),
        fc.constantFrom('', 'Z', '+07:00', ' Z', ' +0700', ' GMT'),
        fc.constantFrom(' up', '  up', ' - up', ' | up', ': up', '] up', ' Zoo', ' -5 up', ' 12', ' [up]', ' )'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (line) => {
        const iso = isoStamp(line);
        // A letter more keeps the short way from being taken, and is an opening bracket to the general one.
        const general = readTimeStamp(`(${line}`, YEAR);
        if (iso === null) return;
        expect({ at: iso.at, end: iso.length + 2 }).toEqual({ at: general?.at, end: general?.end });
      }),
      { seed, numRuns: 2000 },
    );
  });
});
