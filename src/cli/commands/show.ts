import { SCHEMA_VERSION } from '../../model/results.ts';
import type { ShowResult } from '../../model/service-results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { lookOf, printResult } from '../output.ts';
import { masked } from '../services/masked.ts';
import { detailsOf } from '../services/supervision.ts';
import { tellFromFiles, tellNotices } from '../services/tell-outcomes.ts';

/** `show`: everything about a service. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const { supervisor, services, notices } = await detailsOf(surroundings, invocation.positionals);
  const shown = invocation.flags.has('show-secrets') ? services : services.map(masked);
  const result: ShowResult = { schemaVersion: SCHEMA_VERSION, command: 'show', supervisor, services: shown, notices };
  if (invocation.flags.has('json')) {
    printResult(toJson(result));
    return EXIT.ok;
  }
  const { prettyShow } = await import('../../report/pretty-show.ts');
  tellNotices(notices);
  printResult(prettyShow(result, await lookOf(invocation, surroundings), Date.now()));
  tellFromFiles(result);
  return EXIT.ok;
};
