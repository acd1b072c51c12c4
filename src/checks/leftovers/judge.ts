import type { CheckContext } from '../../model/check.ts';
import type { LeftoverFacts } from '../../model/dev-tree.ts';
import { tableOf } from '../../programs/lineage.ts';
import { RUBRIC, type Item } from './rubric.ts';
import { vetoOn } from './vetoes.ts';
import { viewOf, type View } from './view.ts';

/** From here on it is offered to be ended. */
export const ORPHAN_SCORE = 70;

/** From here on it is told as possibly stale. */
export const STALE_SCORE = 40;

const MAX_SCORE = 100;

/** An item of the rubric that applies, with what was seen. */
interface Seen {
  readonly item: Item;
  readonly text: string;
}

/** One tree with its score and the reasons for it. */
export interface Judged {
  readonly view: View;
  readonly score: number;
  readonly evidence: readonly string[];
  readonly blockedBy: readonly string[];
  readonly decisive: boolean;
}

const appliesTo = (view: View): readonly Seen[] =>
  RUBRIC.flatMap((item) => {
    const text = item.seen(view);
    return text === null ? [] : [{ item, text }];
  });

/**
 * Weighs one candidate. Context alone never makes an orphan: a job that somebody put to the background on purpose
 * looks the same. Nor is anything certain of a tree whose parent may have started it.
 */
const judge = (view: View): Judged => {
  const seen = appliesTo(view);
  const sum = seen.reduce((total, { item }) => total + item.points, 0);
  const told = seen.some(({ item }) => item.strength === 'decisive' || item.strength === 'strong');
  const most = told && view.origin === 'adopted' ? MAX_SCORE : ORPHAN_SCORE - 1;
  const against = seen.filter(({ item }) => item.strength === 'against');
  return {
    view,
    score: Math.max(0, Math.min(most, sum)),
    evidence: seen.filter(({ item }) => item.strength !== 'against').map(({ text }) => text),
    blockedBy: against.map(({ text }) => text),
    decisive: view.origin === 'adopted' && seen.some(({ item }) => item.strength === 'decisive'),
  };
};

/** Judges every candidate that no veto protects. */
export const judgeLeftovers = (facts: LeftoverFacts, context: CheckContext): readonly Judged[] => {
  const table = tableOf(facts.processes);
  return facts.candidates.flatMap((candidate) => {
    const view = viewOf(candidate, facts, table, context);
    return view === null || vetoOn(view) !== null ? [] : [judge(view)];
  });
};
