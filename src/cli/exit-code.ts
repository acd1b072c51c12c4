import type { CheckOutcome } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { StepResult, Verdict } from '../model/plan.ts';
import { EXIT } from './exit-codes.ts';

/** Exit code of a look: findings first, then what could not be looked at. */
export const checkExitCode = (
  outcomes: readonly CheckOutcome[],
  findings: readonly Finding[],
  strict: boolean,
): number => {
  const counts = findings.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'));
  if (counts) return EXIT.findings;
  if (outcomes.some(({ status }) => status === 'crashed')) return EXIT.fault;
  return outcomes.some(({ status }) => status === 'skipped') ? EXIT.notLooked : EXIT.ok;
};

/** Exit code of a fix: how things are after a second look, and if they are not well, whether something was tried. */
export const fixExitCode = (
  outcomes: readonly CheckOutcome[],
  results: readonly StepResult[],
  verdicts: readonly Verdict[],
): number => {
  if (verdicts.length === 0) return checkExitCode(outcomes, [], false);
  if (verdicts.every(({ status }) => status === 'resolved')) return EXIT.ok;
  const acted = results.some(({ status }) => status === 'done' || status === 'failed');
  return acted ? EXIT.notResolved : EXIT.refused;
};
