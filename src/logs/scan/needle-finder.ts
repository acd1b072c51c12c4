import { needleTable, pairAt, type Needle } from './needle-table.ts';
import { searchEngine, type SearchEngine } from './search-engine.ts';

/** Finds where any of many words stands in a text, from its beginning to its end. */
export interface NeedleFinder {
  /** The text is written here. */
  readonly text: Buffer;
  /** Looks through the text anew from `from` to `to`. */
  readonly search: (from: number, to: number) => void;
  /** Where a word begins in the first line that has one at or after `from`; -1 when none has. Each call's `from` is no less than that of the call before. */
  readonly next: (from: number) => number;
  readonly countLines: (from: number, to: number) => number;
}

interface Search {
  readonly text: Buffer;
  /** What lies between the place of a finding and the beginning of its window. */
  readonly back: number;
  readonly base: number;
  readonly needles: ReadonlyMap<number, readonly Needle[]>;
  places: readonly Uint32Array[];
  list: number;
  index: number;
  from: number;
  to: number;
}

const matches = (text: Uint8Array, place: number, word: Uint8Array): boolean => {
  for (let i = 0; i < word.length; i += 1) if (text[place + i] !== word[i]) return false;
  return true;
};

/** Where the word begins whose window's last pair stands at a place, or -1. */
const wordAt = ({ text, base, back, needles, from, to }: Search, found: number, least: number): number => {
  const place = found - base;
  for (const { word, before } of needles.get(pairAt(text, place)) ?? []) {
    const begin = place - back - before;
    if (begin >= Math.max(from, least) && begin + word.length <= to && matches(text, begin, word)) return begin;
  }
  return -1;
};

const next = (search: Search, from: number): number => {
  for (; search.list < search.places.length; search.list += 1) {
    const list = search.places[search.list] ?? new Uint32Array(0);
    for (; search.index < list.length; search.index += 1) {
      const found = wordAt(search, list[search.index] ?? 0, from);
      if (found !== -1) return found;
    }
    search.index = 0;
  }
  return -1;
};

/**
 * Prepares a search for words in texts like the sample. `engine` may be given for one that is not the fastest.
 */
export const needleFinder = (
  words: readonly string[],
  sample: Uint8Array,
  capacity: number,
  engineOf: typeof searchEngine = searchEngine,
): NeedleFinder => {
  const table = needleTable(words, sample);
  const engine: SearchEngine = engineOf(table, capacity);
  const { back, needles } = table;
  const { text, base } = engine;
  const state: Search = { text, back, base, needles, places: [], list: 0, index: 0, from: 0, to: 0 };
  return {
    text: engine.text,
    search: (from, to) => {
      Object.assign(state, { places: engine.search(from, to), list: 0, index: 0, from, to });
    },
    next: (from) => next(state, from),
    countLines: engine.countLines,
  };
};
