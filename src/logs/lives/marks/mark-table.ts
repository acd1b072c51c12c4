import { DEATHS } from './deaths.ts';
import { PM2, SYSTEMD } from './managers.ts';
import type { MarkRule } from './mark-rule.ts';
import { SCRIPTS, SERVERS, SUPERVISORS } from './supervisors.ts';
import { WATCHERS } from './watchers.ts';

/** Every line of a runner that is understood. The first that fits counts. */
export const MARKS: readonly MarkRule[] = [
  ...PM2,
  ...SYSTEMD,
  ...WATCHERS,
  ...SUPERVISORS,
  ...SERVERS,
  ...SCRIPTS,
  ...DEATHS,
];
