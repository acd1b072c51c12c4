/** The instant at which clocks on the wall here show what UTC shows at the given one. */
export const asLocal = (milliseconds: number): number => {
  const utc = new Date(milliseconds);
  return new Date(
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    utc.getUTCSeconds(),
    utc.getUTCMilliseconds(),
  ).getTime();
};

/** An instant as clocks on the wall here show it: `2026-11-22 21:00:00.000`. */
export const localStamp = (milliseconds: number): string => {
  const shifted = milliseconds - new Date(milliseconds).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, -1).replace('T', ' ');
};
