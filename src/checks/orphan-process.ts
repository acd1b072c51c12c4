import { defineCheck, type Check } from '../model/check.ts';
import { leftoverFinding } from './leftovers/finding-of.ts';
import { judgeLeftovers, ORPHAN_SCORE } from './leftovers/judge.ts';

const ID = 'orphan-process';

/** Dev servers and their helpers whose starter was lost, so that nobody wants them any more. */
export const orphanProcess: Check<'leftovers'> = defineCheck({
  id: ID,
  title: 'No dev server was left behind by what started it',
  needs: ['leftovers'],
  examine: ({ leftovers }, context) =>
    judgeLeftovers(leftovers, context)
      .filter(({ score }) => score >= ORPHAN_SCORE)
      .map((judged) => leftoverFinding(ID, judged)),
});
