/** In the table of skips: this pair of bytes may end a word's window. The lower bits say how far to go on. */
export const MAY_MATCH = 0x80;
export const SKIP_BITS = 0x7f;
const PAIRS = 0x1_0000;

/** A word, and how many of its bytes stand before its window. */
export interface Needle {
  readonly word: Uint8Array;
  readonly before: number;
}

/** What Wu and Manber's search needs. Pairs of bytes are numbers, the first byte the lower one. */
export interface NeedleTable {
  readonly skips: Uint8Array;
  /** Bytes of a window before its last pair. */
  readonly back: number;
  /** By the last pair of their windows. */
  readonly needles: ReadonlyMap<number, readonly Needle[]>;
}

export const pairAt = (bytes: Uint8Array, place: number): number =>
  (bytes[place] ?? 0) | ((bytes[place + 1] ?? 0) << 8);

/** A match that is none costs about as much as so many steps. */
const FALSE_MATCH_STEPS = 12;
/** More text says little more of what is rare. */
const SAMPLE_BYTES = 16_384;
/** Of a long word not every window is tried. */
const WINDOWS_TRIED = 6;
/** Pairs that the sample lacks are rare, not impossible. */
const LEAST_SHARE = 1e-5;

const sharesOf = (text: Uint8Array): Float64Array => {
  const sample = text.subarray(0, SAMPLE_BYTES);
  const shares = new Float64Array(PAIRS).fill(LEAST_SHARE);
  const one = 1 / Math.max(1, sample.length);
  for (let place = 0; place + 1 < sample.length; place += 1) {
    const pair = pairAt(sample, place);
    shares[pair] = (shares[pair] ?? 0) + one;
  }
  return shares;
};

/** How much slower a window of a word makes the search through text like the sample. */
const costOf = (word: Uint8Array, before: number, back: number, skips: Uint8Array, shares: Float64Array): number => {
  let cost = 0;
  for (let i = 0; i <= back; i += 1) {
    const pair = pairAt(word, before + i);
    const known = skips[pair] ?? 0;
    const lost = Math.max(0, known - (back - i)) + (i === back && known > 0 ? FALSE_MATCH_STEPS : 0);
    cost += lost * (shares[pair] ?? 0);
  }
  return cost;
};

const cheapestWindow = (word: Uint8Array, back: number, skips: Uint8Array, shares: Float64Array): number => {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  const step = Math.max(1, Math.floor((word.length - back - 2) / WINDOWS_TRIED));
  for (let before = 0; before + back + 2 <= word.length; before += step) {
    const cost = costOf(word, before, back, skips, shares);
    if (cost < least) [best, least] = [before, cost];
  }
  return best;
};

/**
 * The table of a search for words of two bytes and more. Of each word the part is searched for that is rarest in the
 * sample: `INFO server starting` is found by its end where every line begins with INFO.
 */
export const needleTable = (words: readonly string[], sample: Uint8Array): NeedleTable => {
  const sorted = [...new Set(words)].map((word) => Buffer.from(word, 'utf8')).filter(({ length }) => length > 1);
  sorted.sort((a, b) => a.length - b.length);
  const back = (sorted[0]?.length ?? 2) - 2;
  const skips = new Uint8Array(PAIRS).fill(Math.min(SKIP_BITS, back + 1));
  const shares = sharesOf(sample);
  const needles = new Map<number, Needle[]>();
  for (const word of sorted) {
    const before = cheapestWindow(word, back, skips, shares);
    for (let i = 0; i <= back; i += 1) {
      const pair = pairAt(word, before + i);
      skips[pair] = Math.min(skips[pair] ?? 0, back - i);
    }
    const last = pairAt(word, before + back);
    needles.set(last, [...(needles.get(last) ?? []), { word, before }]);
  }
  for (const pair of needles.keys()) skips[pair] = MAY_MATCH | 1;
  return { skips, back, needles };
};
