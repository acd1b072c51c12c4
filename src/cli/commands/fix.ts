import { stateDirectory } from '../../config/state-directory.ts';
import { applyPlan } from '../../doctor/apply-plan.ts';
import { drawPlan } from '../../doctor/draw-plan.ts';
import { recordEnded } from '../../doctor/history.ts';
import { verify } from '../../doctor/verify.ts';
import type { Plan, Step } from '../../model/plan.ts';
import { SCHEMA_VERSION, type FixResult } from '../../model/results.ts';
import type { Policy } from '../../plan/make-plan.ts';
import { toJson } from '../../report/json.ts';
import type { Look } from '../../report/look.ts';
import { EXIT } from '../exit-codes.ts';
import { fixExitCode } from '../exit-code.ts';
import type { CommandRunner, Invocation, Surroundings } from '../invocation.ts';
import { lookAround, summarize, type LookAround } from '../look-around.ts';
import { lookOf, printAside, printResult } from '../output.ts';
import { systemClock } from '../system-clock.ts';
import { messageOf } from '../../util/error-code.ts';

const consentFor = async (plan: Plan, { flags }: Invocation, look: Look): Promise<ReadonlySet<string>> => {
  const asking = plan.steps.filter(({ consent }) => consent === 'ask');
  if (flags.has('yes')) return new Set(asking.map(({ id }) => id));
  if (asking.length === 0 || !process.stdin.isTTY || !process.stderr.isTTY || flags.has('json')) return new Set();
  const { prettyPlan } = await import('../../report/pretty-fix.ts');
  printAside(`${prettyPlan(plan, look)}\n`);
  return (await import('../ask.ts')).askForConsent(asking, look.width);
};

/** A history that cannot be written must not stop a port from being freed, and must not be silent. */
const journalIn =
  (surroundings: Surroundings) =>
  (step: Step): void => {
    try {
      recordEnded(stateDirectory(surroundings.environment), step, systemClock.now());
    } catch (error) {
      printAside(
        `devdoctor: step ${step.id} cannot be undone, because the history could not be written: ${messageOf(error)}`,
      );
    }
  };

const carryOut = async (
  around: LookAround,
  policy: Policy,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<FixResult> => {
  const { platform, diagnosis } = around;
  const dryRun = invocation.flags.has('dry-run');
  const { plan, processes } = await drawPlan(diagnosis, policy, platform);
  const base = {
    schemaVersion: SCHEMA_VERSION,
    command: 'fix',
    dryRun,
    outcomes: summarize(diagnosis.outcomes),
    findings: diagnosis.findings,
    plan,
  } as const;
  if (dryRun) return { ...base, results: [], verdicts: [] };
  const consented = await consentFor(plan, invocation, lookOf(invocation, surroundings));
  const results = await applyPlan(plan, consented, platform, systemClock, policy, journalIn(surroundings));
  const verdicts = await verify(diagnosis.findings, plan, results, processes, platform, systemClock);
  return { ...base, results, verdicts };
};

const print = async (result: FixResult, invocation: Invocation, look: Look): Promise<void> => {
  if (invocation.flags.has('json')) printResult(toJson(result));
  else printResult((await import('../../report/pretty-fix.ts')).prettyFix(result, look));
};

/** `fix`: plan, consent, guarded action, a second look. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const around = await lookAround(invocation, surroundings);
  const { pid, uid } = around.platform.inspect.self();
  const policy: Policy = { selfPid: pid, uid, named: new Set(), force: invocation.flags.has('force') };
  const result = await carryOut(around, policy, invocation, surroundings);
  await print(result, invocation, lookOf(invocation, surroundings));
  if (result.dryRun) return EXIT.ok;
  return fixExitCode(around.diagnosis.outcomes, result.results, result.verdicts);
};
