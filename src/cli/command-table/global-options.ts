import type { OptionSpec } from './command-spec.ts';

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', type: 'boolean', describe: 'Print the result as one JSON object' },
  { name: 'verbose', type: 'boolean', describe: 'Show where an unexpected error came from' },
  { name: 'no-color', type: 'boolean', describe: 'Print plain text (also: NO_COLOR=1)' },
];
