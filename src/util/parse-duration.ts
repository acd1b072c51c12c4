const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The milliseconds that a length of time names: `500ms`, `10s`, `2m`, `1.5h`, `7d`; `null` for anything else. */
export const parseDuration = (text: string): number | null => {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(amount) * (UNITS[unit] ?? Number.NaN));
  return Number.isSafeInteger(milliseconds) ? milliseconds : null;
};
