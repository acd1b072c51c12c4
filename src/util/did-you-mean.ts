import { distance } from 'fastest-levenshtein';

/** Further away than this is another word, not a slip. */
const FARTHEST = 3;

/** The nearest known word; `null` when none is near enough to be meant. */
export const didYouMean = (word: string, known: readonly string[]): string | null => {
  const ranked = known
    .map((candidate) => ({ candidate, away: distance(word, candidate) }))
    .toSorted((a, b) => a.away - b.away);
  const [best] = ranked;
  return best !== undefined && best.away <= Math.min(FARTHEST, Math.ceil(word.length / 2)) ? best.candidate : null;
};
