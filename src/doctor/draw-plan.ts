import type { Plan } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import type { ProcessInfo } from '../model/process.ts';
import { makePlan, type Policy } from '../plan/make-plan.ts';
import type { Diagnosis } from './diagnose.ts';

/** A plan and the processes it was made from. */
export interface DrawnPlan {
  readonly plan: Plan;
  readonly processes: readonly ProcessInfo[];
}

/** Reads the trees below everything that would be ended, and makes the plan. */
export const drawPlan = async (
  { findings, processes, snapshot }: Diagnosis,
  policy: Policy,
  platform: Platform,
): Promise<DrawnPlan> => {
  const remedies = findings.flatMap((finding) => finding.remedies);
  const roots = remedies.flatMap((remedy) => (remedy.kind === 'terminate' && remedy.tree ? [remedy.target.pid] : []));
  const below = roots.length === 0 ? null : await platform.inspect.descendants([...new Set(roots)]);
  const known = new Set(processes.map(({ pid }) => pid));
  const trees = below?.ok === true ? below.value.filter(({ pid }) => !known.has(pid)) : [];
  const all = [...processes, ...trees];
  return { plan: makePlan(findings, all, policy, snapshot.takenAt), processes: all };
};
