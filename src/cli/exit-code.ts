import type { CheckOutcome } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan, StepResult, Verdict } from '../model/plan.ts';
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

const isAboutProcess = ({ finding }: Verdict): boolean => !finding.startsWith('port-occupied:');

/**
 * Exit code of a fix: how things are after a second look, and if they are not well, whether something was tried. A
 * process that nobody said yes to is no failure of what was done about others: consent is missing.
 */
export const fixExitCode = (
  outcomes: readonly CheckOutcome[],
  results: readonly StepResult[],
  verdicts: readonly Verdict[],
  { steps }: Pick<Plan, 'steps'>,
): number => {
  if (verdicts.length === 0) return checkExitCode(outcomes, [], false);
  if (verdicts.every(({ status }) => status === 'resolved')) return EXIT.ok;
  const acted = new Set(
    results.filter(({ status }) => status === 'done' || status === 'failed').map(({ step }) => step),
  );
  const isDeclined = (verdict: Verdict): boolean =>
    isAboutProcess(verdict) && !steps.some(({ id, resolves }) => acted.has(id) && resolves.includes(verdict.finding));
  const failed = verdicts.filter((verdict) => verdict.status !== 'resolved' && !isDeclined(verdict));
  return acted.size > 0 && failed.length > 0 ? EXIT.notResolved : EXIT.refused;
};
