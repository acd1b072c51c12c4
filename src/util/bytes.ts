const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size in its largest fitting unit, as people speak of memory: `212 MB`, `1.5 GB`. */
export const formatBytes = (bytes: number): string => {
  let power = 0;
  let value = bytes;
  // What would round up to a whole next unit is told in that unit.
  while (Math.round(value) >= 1024 && power < UNITS.length - 1) {
    value /= 1024;
    power += 1;
  }
  return `${power > 2 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
};
