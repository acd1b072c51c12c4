import { randomUUID } from 'node:crypto';
import { describe, test } from 'vitest';
import type { Case } from './cases.ts';
import { leftOf, type Left } from './jobs.ts';
import { inCorner, placeTrouble, withPlace, type Place, type Where } from './place.ts';
import { expectShape } from './shape.ts';
import { expectNothingElse, expectVerdict, lookForLeftovers } from './verdicts.ts';

const troubleOf = ({ where = 'sh', trouble }: Case): string | null => placeTrouble(where) ?? trouble ?? null;

/** Makes one case for real, looks whether it is what it claims to be, and lets `check` judge it. */
const judge = ({ subject, way, shape, expected, where = 'sh' }: Case): Promise<void> =>
  withPlace(where, async (place) => {
    const job = await subject(place);
    await way(place, job);
    const left = await leftOf(place, job);
    await expectShape(place, left, shape);
    const findings = await lookForLeftovers(place);
    expectVerdict(findings, left, expected);
    if (where !== 'this machine') expectNothingElse(findings, [left]);
  });

/** Judges each case in a place of its own, several at once. */
export const describeCases = (group: string, cases: readonly Case[]): void => {
  for (const why of new Set(cases.map(troubleOf).filter(Boolean))) console.warn(`skipped in "${group}": ${why}`);
  describe.concurrent(group, () => {
    for (const one of cases) {
      const { name, expected, where = 'sh' } = one;
      const among = where === 'sh' ? '' : ` (${where})`;
      test.skipIf(troubleOf(one) !== null)(`${name}${among}: ${expected}`, () => judge(one));
    }
  });
};

/** What was left of a case, made beside others. */
export interface Made {
  readonly one: Case;
  readonly left: Left;
}

/** Paths of sockets must not get long. */
const SHORT = 8;

/** Makes several cases in one place, each in a folder of its own. */
export const makeAll = (place: Place, cases: readonly Case[]): Promise<readonly Made[]> =>
  Promise.all(
    cases.map(async (one) => {
      const corner = inCorner(place, randomUUID().slice(0, SHORT));
      const job = await one.subject(corner);
      await one.way(corner, job);
      return { one, left: await leftOf(corner, job) };
    }),
  );

/** Those cases of a table that can be made here. */
export const possible = (cases: readonly Case[]): readonly Case[] => cases.filter(({ trouble }) => !trouble);

/** Makes every case of a table in one place, and looks only at their shapes. */
export const expectShapes = (where: Where, cases: readonly Case[]): Promise<unknown> =>
  withPlace(where, async (place) => {
    for (const { one, left } of await makeAll(place, possible(cases))) await expectShape(place, left, one.shape);
  });
