const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size in its largest fitting unit, as people speak of memory: `212 MB`, `1.5 GB`. */
export const formatBytes = (bytes: number): string => {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power > 2 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
};
