import { nearestProject } from '../../config/find-project.ts';
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

/** The steps to take, and whether a person saw the plan to decide on them. */
interface Decision {
  readonly consented: ReadonlySet<string>;
  readonly planShown: boolean;
}

const decide = async (plan: Plan, { flags }: Invocation, look: Look): Promise<Decision> => {
  const asking = plan.steps.filter(({ consent }) => consent === 'ask');
  if (flags.has('yes')) {
    const certain = asking.filter(({ certainty }) => certainty === 'certain');
    return { consented: new Set(certain.map(({ id }) => id)), planShown: false };
  }
  const canAsk = process.stdin.isTTY && process.stderr.isTTY && !flags.has('json');
  if (asking.length === 0 || !canAsk) return { consented: new Set(), planShown: false };
  const { prettyPlan } = await import('../../report/pretty-fix.ts');
  printAside(`${prettyPlan(plan, look)}\n`);
  return { consented: await (await import('../ask.ts')).askForConsent(asking, look.width), planShown: true };
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

interface Carried {
  readonly result: FixResult;
  readonly planShown: boolean;
}

const carryOut = async (
  around: LookAround,
  policy: Policy,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<Carried> => {
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
  if (dryRun) return { result: { ...base, results: [], verdicts: [] }, planShown: false };
  const { consented, planShown } = await decide(plan, invocation, await lookOf(invocation, surroundings));
  const results = await applyPlan(plan, consented, platform, systemClock, policy, journalIn(surroundings));
  const verdicts = await verify(diagnosis.findings, plan, results, processes, platform, systemClock);
  return { result: { ...base, results, verdicts }, planShown };
};

/** In the script that a package runner runs before another, nobody watches: only this project's own past may end. */
const ownPastOf = ({ flags }: Invocation, { cwd, environment }: Surroundings): string | null => {
  const inHook = /^pre(?!view$|pare$)./.test(environment['npm_lifecycle_event'] ?? '');
  return inHook || flags.has('own') ? (nearestProject(cwd) ?? cwd) : null;
};

/** `fix`: plan, consent, guarded action, a second look. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const around = await lookAround(invocation, surroundings, true);
  const { pid, uid } = around.platform.inspect.self();
  const policy: Policy = {
    selfPid: pid,
    uid,
    protect: around.settings.protect,
    force: invocation.flags.has('force'),
    ownPastOf: ownPastOf(invocation, surroundings),
  };
  const { result, planShown } = await carryOut(around, policy, invocation, surroundings);
  if (invocation.flags.has('json')) printResult(toJson(result));
  else {
    const { prettyFix } = await import('../../report/pretty-fix.ts');
    printResult(prettyFix(result, await lookOf(invocation, surroundings), planShown));
  }
  if (result.dryRun) return EXIT.ok;
  return fixExitCode(around.diagnosis.outcomes, result.results, result.verdicts, result.plan);
};
