import type { Step } from '../model/plan.ts';
import type { Certainty } from '../model/remedy.ts';

/** A step before it has its number. */
export type Draft = Omit<Step, 'id'>;

const RANK: Readonly<Record<Certainty, number>> = { certain: 0, likely: 1, possible: 2 };

const holds = (tree: Draft, pid: number): boolean => tree.members.some((member) => member.pid === pid);

/** Two drafts are one step when they would run the same thing or one tree holds the other. */
const covers = (a: Draft, b: Draft): boolean => {
  if (a.remedy.kind !== b.remedy.kind) return false;
  if (a.remedy.kind === 'terminate' && b.remedy.kind === 'terminate') {
    const [one, other] = [a.remedy.target.pid, b.remedy.target.pid];
    return one === other || holds(a, other) || holds(b, one);
  }
  return a.title === b.title;
};

const merge = (a: Draft, b: Draft): Draft => {
  const seen = new Set(a.guards.map((guard) => JSON.stringify(guard)));
  return {
    ...a,
    resolves: [...new Set([...a.resolves, ...b.resolves])],
    guards: [
      ...a.guards,
      ...b.guards.filter((guard) => guard.kind === 'still-listening' && !seen.has(JSON.stringify(guard))),
    ],
  };
};

/**
 * Makes one step of all that one deed would do. What is surest comes first, so that a tree that is only possibly
 * unwanted never grows onto one that certainly is; of equals the largest takes the smaller ones in.
 */
export const mergeSteps = (drafts: readonly Draft[]): readonly Draft[] => {
  const order = drafts.toSorted((a, b) => RANK[a.certainty] - RANK[b.certainty] || b.members.length - a.members.length);
  let merged: readonly Draft[] = [];
  for (const draft of order) {
    merged = merged.some((other) => covers(other, draft))
      ? merged.map((other) => (covers(other, draft) ? merge(other, draft) : other))
      : [...merged, draft];
  }
  return merged;
};
