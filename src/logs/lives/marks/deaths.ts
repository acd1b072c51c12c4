import type { MarkRule } from './mark-rule.ts';

/** What run-times and shells say of an end. */
export const DEATHS: readonly MarkRule[] = [
  { runner: 'node', kind: 'death', needle: 'Node.js v', pattern: /^Node\.js v\d+\.\d+\.\d+\S*$/ },
  { runner: 'bun', kind: 'death', needle: 'Bun v', pattern: /^Bun v\d+\.\d+\.\d+\S* \(.+\)$/ },
  { runner: 'node', kind: 'death', needle: 'FATAL ERROR: ', pattern: /^FATAL ERROR: / },
  {
    runner: 'shell',
    kind: 'end',
    needle: ': line ',
    pattern: /: line \d+: +\d+ (?<signal>Killed|Segmentation fault|Aborted|Bus error|Illegal instruction|Terminated)\b/,
  },
  {
    runner: 'shell',
    kind: 'end',
    needle: 'zsh: ',
    pattern: /^zsh: (?<signal>killed|segmentation fault|abort|bus error|illegal hardware instruction|terminated)\b/,
  },
  ...['Killed', 'Segmentation fault', 'Aborted', 'Bus error', 'Illegal instruction'].map((word): MarkRule => ({
    runner: 'shell',
    kind: 'end',
    needle: word,
    pattern: new RegExp(String.raw`^(?<signal>${word})(?: \(core dumped\))?$`),
  })),
  {
    runner: 'shell',
    kind: 'end',
    needle: 'xiting with ',
    pattern: /\bexiting with (?:error )?(?:code|status) (?<code>\d+)/i,
    weak: true,
  },
  {
    runner: 'shell',
    kind: 'end',
    needle: 'estarting',
    pattern:
      /\b(?:exited|exit|died|crashed|stopped|terminated|ended)\b.{0,40}?(?:\b(?:code|status|with|rc)?[ =:(]*(?<code>\d{1,3})\b)?.{0,40}\b[Rr]estarting\b/,
    weak: true,
  },
];
