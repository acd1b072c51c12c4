import { formatBytes } from '../../util/bytes.ts';
import { formatDuration } from '../../util/duration.ts';

/** A share of one core, with a decimal where it says something. */
export const percent = (value: number | null): string =>
  value === null ? '-' : `${value > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} %`;

/** A size, or a dash where nobody measured. */
export const size = (bytes: number | null): string => (bytes === null ? '-' : formatBytes(bytes));

/** A length of time, or a dash where there is none. */
export const length = (milliseconds: number | null): string =>
  milliseconds === null ? '-' : formatDuration(milliseconds);
