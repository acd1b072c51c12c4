import type { OptionSpec } from './command-spec.ts';

/** What `logs` takes. */
export const LOG_OPTIONS: readonly OptionSpec[] = [
  { name: 'lines', type: 'string', argument: 'N', expects: 'a whole number', describe: 'How many past lines to show' },
  { name: 'err', type: 'boolean', describe: 'Show standard error only' },
  { name: 'out', type: 'boolean', describe: 'Show standard output only' },
  { name: 'raw', type: 'boolean', describe: 'Show the lines alone, as they were written' },
  {
    name: 'since',
    type: 'string',
    argument: 'TIME',
    expects: 'a length of time such as 10m, or an instant such as 2026-11-22T21:00',
    describe: 'Leave older lines out',
  },
  { name: 'grep', type: 'string', argument: 'REGEX', describe: 'Show only lines that match' },
  { name: 'timestamp', type: 'boolean', describe: 'Show when each line was written, where that is known' },
  { name: 'nostream', type: 'boolean', describe: 'Show what is there and end' },
];
