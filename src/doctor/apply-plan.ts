import { applyStep } from '../fixes/index.ts';
import type { Clock } from '../model/clock.ts';
import type { Plan, Step, StepResult } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import type { Certainty } from '../model/remedy.ts';
import type { Authority } from '../plan/protected.ts';
import { failedGuard } from './check-guards.ts';

/** Told of each step that ended something, before anything else happens. */
export type Journal = (step: Step) => void;

/** Consent for everything covers only what is certain; for the rest a person must say yes. */
const DECLINED: Readonly<Record<Certainty, string>> = {
  certain: 'no consent was given',
  likely: 'no person said yes to it, and --yes covers only what leaves no doubt',
  possible: 'nobody chose it: it may be wanted',
};

const applyOne = async (
  step: Step,
  consented: boolean,
  platform: Platform,
  clock: Clock,
  authority: Authority,
): Promise<StepResult> => {
  if (step.consent === 'refuse') return { step: step.id, status: 'withheld', detail: step.refusal ?? 'refused' };
  if (step.consent === 'ask' && !consented)
    return { step: step.id, status: 'declined', detail: DECLINED[step.certainty] };
  const failure = await failedGuard(step, platform, authority);
  if (failure !== null) return { step: step.id, status: 'withheld', detail: failure };
  return { step: step.id, ...(await applyStep(step, platform, clock)) };
};

/** Carries out the steps that were consented to, each only if its guards hold in that instant. */
export const applyPlan = async (
  plan: Plan,
  consented: ReadonlySet<string>,
  platform: Platform,
  clock: Clock,
  authority: Authority,
  journal: Journal,
): Promise<readonly StepResult[]> => {
  const results: StepResult[] = [];
  for (const step of plan.steps) {
    const result = await applyOne(step, consented.has(step.id), platform, clock, authority);
    if (result.status === 'done' && step.remedy.kind === 'terminate') journal(step);
    results.push(result);
  }
  return results;
};
