import { programNamesOf, type Recognizable } from './words-of.ts';

/**
 * Matches a process by the name of its program; a name that ends in `*` matches what begins so. Compared as
 * plain strings: dozens of patterns compiled for one look would cost more than the look.
 */
export const nameMatcher = (...names: readonly string[]): ((process: Recognizable) => boolean) => {
  const exact = new Set(names.filter((name) => !name.endsWith('*')));
  const beginnings = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return (process) =>
    programNamesOf(process).some(
      (name) => exact.has(name) || beginnings.some((beginning) => name.startsWith(beginning)),
    );
};
