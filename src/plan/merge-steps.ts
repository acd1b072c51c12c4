import type { Step } from '../model/plan.ts';

/** A step before it has its number. */
export type Draft = Omit<Step, 'id'>;

/** Two drafts are one step when they would run the same thing or one tree holds the other. */
const covers = (a: Draft, b: Draft): boolean => {
  if (a.remedy.kind !== b.remedy.kind) return false;
  if (a.remedy.kind === 'terminate' && b.remedy.kind === 'terminate') {
    const { pid } = b.remedy.target;
    return a.remedy.target.pid === pid || a.members.some((member) => member.pid === pid);
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

/** Makes one step of all that one deed would do: the largest tree takes the smaller ones in. */
export const mergeSteps = (drafts: readonly Draft[]): readonly Draft[] => {
  const largestFirst = drafts.toSorted((a, b) => b.members.length - a.members.length);
  const merged: Draft[] = [];
  for (const draft of largestFirst) {
    const index = merged.findIndex((other) => covers(other, draft));
    const other = merged[index];
    if (other === undefined) merged.push(draft);
    else merged[index] = merge(other, draft);
  }
  return merged;
};
