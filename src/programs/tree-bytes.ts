import type { ProcessMemory } from '../model/process.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Memory of several processes together. Siblings share the pages of their program, so proportional shares are added
 * where they can be read; elsewhere what each has for itself, and the largest shared part once.
 */
export const treeBytes = (members: readonly ProcessMemory[]): number => {
  const shares = members.flatMap(({ pssBytes }) => pssBytes ?? []);
  if (shares.length === members.length) return sum(shares);
  const own = members.map(({ rssBytes, sharedBytes }) => rssBytes - Math.min(rssBytes, sharedBytes ?? 0));
  const shared = members.map(({ sharedBytes }) => sharedBytes ?? 0);
  return sum(own) + Math.max(0, ...shared);
};
