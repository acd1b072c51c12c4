import type { OutcomeSummary } from '../model/results.ts';
import { paragraph } from './lines.ts';
import type { Look } from './look.ts';

/** What could not be looked at, each with its reason: never silent, for it may hide what was asked for. */
export const troubleLines = (outcomes: readonly OutcomeSummary[], look: Look): readonly string[] =>
  outcomes
    .filter(({ status }) => status === 'skipped' || status === 'crashed')
    .map(({ check, status, because }) => {
      const what = status === 'skipped' ? 'was skipped' : 'was cut short by a fault of ours';
      const lines = paragraph(`${check} ${what}: ${because ?? 'no reason is known'}`, 2, look.width);
      return [`${look.paint.warn('▲')} ${(lines[0] ?? '').trim()}`, ...lines.slice(1)].join('\n');
    });
