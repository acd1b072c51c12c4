const HALF_DAY = 43_200_000;
const DAY = 86_400_000;

/**
 * Puts clocks without a date in order: one that falls back by half a day or more begins the next day. Once a stream told
 * a date, clocks without one are left out: they may be of another zone.
 */
export const clockOrder = (): ((at: number | null, dated: boolean) => number | null) => {
  let days = 0;
  let last = 0;
  let sawDate = false;
  return (at, dated) => {
    if (at === null) return null;
    sawDate ||= dated;
    if (dated) return at;
    if (sawDate) return null;
    if (at + days < last - HALF_DAY) days += DAY;
    last = at + days;
    return last;
  };
};
