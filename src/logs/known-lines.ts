import type { Known, StreamState } from './stream-state.ts';
import { isoStamp } from './time/iso-stamp.ts';
import type { Unwrapped } from './unwrap/unwrapped.ts';

const PLAIN_KEPT = 2048;
const PLAIN_LENGTH = 512;

const hasNoWrapping = ({ text, at, service, pid, ident, level }: Unwrapped, raw: string): boolean =>
  text === raw && at === null && service === null && pid === null && ident === null && level === null;

/**
 * Lines without a time read the same each time they come, as those of a stack do. So do lines with one, but for the time.
 */
export const remember = ({ plain, stamped }: StreamState, raw: string, from: Unwrapped, known: Known): void => {
  const { entry } = known;
  if (raw.length > PLAIN_LENGTH || !hasNoWrapping(from, raw)) return;
  const stamp = entry.at === null ? null : isoStamp(raw);
  if (entry.at !== null && (stamp === null || stamp.at !== entry.at || !entry.dated)) return;
  const [texts, key] = stamp === null ? [plain, raw] : [stamped, raw.slice(stamp.length)];
  if (texts.size >= PLAIN_KEPT) texts.clear();
  texts.set(key, known);
};

/** A line that was read before, and the time it has now; null for a line that was not. */
export const recall = (
  { plain, stamped, partial }: StreamState,
  raw: string,
): { readonly known: Known; readonly at: number | null } | null => {
  if (partial !== null || raw.length > PLAIN_LENGTH) return null;
  const stamp = isoStamp(raw);
  const known = stamp === null ? plain.get(raw) : stamped.get(raw.slice(stamp.length));
  return known === undefined ? null : { known, at: stamp?.at ?? null };
};
