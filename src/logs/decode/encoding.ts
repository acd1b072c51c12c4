export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Enough for a share of NUL bytes to mean something. */
const SAMPLE_BYTES = 4096;
/** Latin text in UTF-16 has a NUL in nearly every second byte; text with many other scripts still in a fifth. */
const NUL_SHARE = 0.2;

const nulShare = (sample: Uint8Array, parity: 0 | 1): number => {
  const places = Math.floor(sample.length / 2);
  if (places === 0) return 0;
  let found = 0;
  for (let i = parity; i < places * 2; i += 2) if (sample[i] === 0) found += 1;
  return found / places;
};

/** The encoding of a log by its first bytes: byte order mark, else where the NUL bytes stand. */
export const detectEncoding = (start: Uint8Array): Encoding => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const sample = start.subarray(0, SAMPLE_BYTES);
  const [even, odd] = [nulShare(sample, 0), nulShare(sample, 1)];
  // A run of NUL bytes, as a full disk leaves it, fills both places.
  if (odd > NUL_SHARE && even < odd / 2) return 'utf-16le';
  if (even > NUL_SHARE && odd < even / 2) return 'utf-16be';
  return 'utf-8';
};
