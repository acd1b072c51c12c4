import { SCHEMA_VERSION, type CheckResult } from '../../model/results.ts';
import { toJson } from '../../report/json.ts';
import { checkExitCode } from '../exit-code.ts';
import type { CommandRunner } from '../invocation.ts';
import { lookAround, summarize } from '../look-around.ts';
import { lookOf, printResult } from '../output.ts';

/** `check`: what is wrong here. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const { diagnosis, ports, notes } = await lookAround(invocation, surroundings, false);
  const { snapshot, outcomes, findings } = diagnosis;
  const result: CheckResult = {
    schemaVersion: SCHEMA_VERSION,
    command: 'check',
    takenAt: new Date(snapshot.takenAt).toISOString(),
    platform: snapshot.platform,
    ports,
    outcomes: summarize(outcomes),
    findings,
    notes,
  };
  if (invocation.flags.has('json')) printResult(toJson(result));
  else
    printResult(
      (await import('../../report/pretty-check.ts')).prettyCheck(result, await lookOf(invocation, surroundings)),
    );
  return checkExitCode(outcomes, findings, invocation.flags.has('strict'));
};
