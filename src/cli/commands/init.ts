import { planHooks, type HookPlan } from '../../config/plan-hooks.ts';
import { writeManifestText } from '../../config/manifest-file.ts';
import { SCHEMA_VERSION, type InitResult } from '../../model/results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner, Invocation, Surroundings } from '../invocation.ts';
import { lookOf, printAside, printResult } from '../output.ts';

interface Decision {
  readonly status: InitResult['status'];
  readonly diffShown: boolean;
}

const decide = async (plan: HookPlan, invocation: Invocation, surroundings: Surroundings): Promise<Decision> => {
  const { flags } = invocation;
  if (plan.before === plan.after) return { status: 'unchanged', diffShown: false };
  if (flags.has('dry-run')) return { status: 'planned', diffShown: false };
  if (flags.has('yes')) return { status: 'written', diffShown: false };
  const canAsk = process.stdin.isTTY && process.stderr.isTTY && !flags.has('json');
  if (!canAsk) return { status: 'declined', diffShown: false };
  const { prettyDiff } = await import('../../report/pretty-init.ts');
  printAside(`${prettyDiff(plan.file, plan.diff, await lookOf(invocation, surroundings))}\n`);
  const agreed = await (await import('../ask.ts')).askToGoAhead('Write this?');
  return { status: agreed ? 'written' : 'declined', diffShown: true };
};

/** `init`: puts the hook that frees the project's ports before its start scripts. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const plan = await planHooks(surroundings.cwd);
  const { status, diffShown } = await decide(plan, invocation, surroundings);
  if (status === 'written') writeManifestText(plan.file, plan.before, plan.after);
  const { file, runner, hooks, diff, notes } = plan;
  const dryRun = invocation.flags.has('dry-run');
  const result: InitResult = {
    schemaVersion: SCHEMA_VERSION,
    command: 'init',
    dryRun,
    status,
    file,
    runner,
    hooks,
    diff,
    notes,
  };
  if (invocation.flags.has('json')) printResult(toJson(result));
  else {
    const { prettyInit } = await import('../../report/pretty-init.ts');
    printResult(prettyInit(result, await lookOf(invocation, surroundings), diffShown));
  }
  return status === 'declined' ? EXIT.refused : EXIT.ok;
};
