import type { ActionCommand, ActionReport, ListResult } from '../../model/service-results.ts';
import { SCHEMA_VERSION } from '../../model/results.ts';
import { toJson } from '../../report/json.ts';
import { sanitize } from '../../util/sanitize.ts';
import type { ActionResult } from '../../supervisor/protocol/messages.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation, Surroundings } from '../invocation.ts';
import { lookOf, printAside, printResult } from '../output.ts';

/** Things worth knowing that are no result, on standard error. */
export const tellNotices = (notices: readonly string[]): void => {
  for (const notice of notices) printAside(sanitize(notice));
};

/** Says that nobody watches over what was just shown. */
export const tellFromFiles = ({ supervisor, services }: Pick<ListResult, 'supervisor' | 'services'>): void => {
  if (supervisor !== null || services.length === 0) return;
  printAside('the supervisor is not running; shown from its files. The next start, stop or restart brings it back');
};

/** 0 only when every service is as it was asked to be. */
export const outcomesExitCode = ({ outcomes }: Pick<ActionResult, 'outcomes'>): number =>
  outcomes.some(({ outcome }) => outcome === 'failed') ? EXIT.notResolved : EXIT.ok;

/** Who looks at a terminal wants to see what is there now. */
const tellList = async (
  supervisor: Supervisor | null,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<void> => {
  if (supervisor === null || !process.stdout.isTTY) return;
  const { services } = await supervisor.request('list', {});
  const { prettyList } = await import('../../report/pretty-list.ts');
  printResult(`\n${prettyList({ services }, await lookOf(invocation, surroundings), Date.now())}`);
};

/** Prints how each service came out, and resolves to the exit code. */
export const tellOutcomes = async (
  command: ActionCommand,
  result: ActionResult,
  supervisor: Supervisor | null,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<number> => {
  const { outcomes, notices } = result;
  if (invocation.flags.has('json')) {
    const report: ActionReport = { schemaVersion: SCHEMA_VERSION, command, outcomes, notices };
    printResult(toJson(report));
    return outcomesExitCode(result);
  }
  const { prettyOutcomes } = await import('../../report/pretty-outcomes.ts');
  tellNotices(notices);
  printResult(prettyOutcomes(command, outcomes, await lookOf(invocation, surroundings)));
  await tellList(supervisor, invocation, surroundings);
  return outcomesExitCode(result);
};
