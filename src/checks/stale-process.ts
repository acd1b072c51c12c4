import { defineCheck, type Check } from '../model/check.ts';
import { leftoverFinding } from './leftovers/finding-of.ts';
import { judgeLeftovers, ORPHAN_SCORE, STALE_SCORE } from './leftovers/judge.ts';

const ID = 'stale-process';

/** Dev servers that may have been left behind, or put to the background by somebody who wants them. */
export const staleProcess: Check<'leftovers'> = defineCheck({
  id: ID,
  title: 'No dev server runs on in the background, forgotten',
  needs: ['leftovers'],
  examine: ({ leftovers }, context) =>
    judgeLeftovers(leftovers, context)
      .filter(({ score }) => score >= STALE_SCORE && score < ORPHAN_SCORE)
      .map((judged) => leftoverFinding(ID, judged)),
});
