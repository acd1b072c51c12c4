const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** A length of time in its largest fitting unit: `19 h`, `3 min`, `0 s`. */
export const formatDuration = (milliseconds: number): string => {
  const [unit, size] = UNITS.find(([, length]) => milliseconds >= length) ?? ['s', 1_000];
  return `${Math.floor(Math.max(0, milliseconds) / size)} ${unit}`;
};
