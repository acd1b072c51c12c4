import type { MarkRule } from './marks/mark-rule.ts';
import { MARKS } from './marks/mark-table.ts';

/** What a runner's line tells. */
export interface Mark {
  readonly kind: MarkRule['kind'];
  readonly runner: string;
  /** Starts of one kind are counted together. */
  readonly start: string;
  readonly service: string | null;
  readonly instance: string | null;
  readonly code: number | null;
  readonly signal: string | null;
  readonly path: string | null;
  readonly rule: MarkRule;
}

const SIGNALS: Readonly<Record<string, string>> = {
  killed: 'SIGKILL',
  kill: 'SIGKILL',
  'segmentation fault': 'SIGSEGV',
  segv: 'SIGSEGV',
  aborted: 'SIGABRT',
  abort: 'SIGABRT',
  abrt: 'SIGABRT',
  terminated: 'SIGTERM',
  term: 'SIGTERM',
  'bus error': 'SIGBUS',
  'illegal hardware instruction': 'SIGILL',
  'illegal instruction': 'SIGILL',
  '6': 'SIGABRT',
  '9': 'SIGKILL',
  '11': 'SIGSEGV',
  '15': 'SIGTERM',
};

const signalOf = (word: string | undefined, rule: MarkRule): string | null => {
  if (word === undefined || (rule.runner === 'pm2' && word === 'SIGINT')) return null;
  const lower = word.toLowerCase();
  return SIGNALS[lower] ?? (/^sig[a-z]+$/.test(lower) ? word.toUpperCase() : `SIG${word.toUpperCase()}`);
};

const NEEDLES = new RegExp(
  [...new Set(MARKS.map(({ needle }) => needle))]
    .map((needle) => needle.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('|'),
);

/** Words of which one stands in every line that has a mark. */
export const MARK_WORDS: readonly string[] = [...new Set(MARKS.map(({ needle }) => needle))];

const markOf = (rule: MarkRule, groups: Readonly<Record<string, string | undefined>>): Mark => ({
  kind: rule.kind,
  runner: rule.runner,
  start: rule.start ?? rule.runner,
  service: groups['service']?.replace(/\.service$/, '') ?? null,
  instance: groups['instance'] ?? null,
  code: groups['code'] === undefined ? null : Number(groups['code']),
  signal: signalOf(groups['signal'], rule),
  path: groups['path'] ?? null,
  rule,
});

/** Whether a rule may speak about a line of this speaker. */
const isAllowed = ({ onlyPrefixed, ident }: MarkRule, prefixed: boolean, speaker: string | null): boolean =>
  (onlyPrefixed !== true || prefixed) && (ident === undefined || speaker === null || speaker === ident);

/** Runners do not quote themselves: inside quotation marks their words are somebody's text. */
const isQuoted = (body: string, index: number): boolean => body.slice(0, index).split('"').length % 2 === 0;

/** What a line tells as a runner's own; null for all others. `prefixed` when a front program named the speaker. */
export const readMark = (body: string, prefixed: boolean, ident: string | null): Mark | null => {
  if (!NEEDLES.test(body)) return null;
  for (const rule of MARKS) {
    if (!body.includes(rule.needle) || !isAllowed(rule, prefixed, ident)) continue;
    const match = rule.pattern.exec(body);
    if (match !== null && !isQuoted(body, match.index)) return markOf(rule, match.groups ?? {});
  }
  return null;
};
