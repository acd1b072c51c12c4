import { stateDirectory } from '../../config/state-directory.ts';
import { readHistory } from '../../doctor/history.ts';
import { SCHEMA_VERSION, type HistoryResult } from '../../model/results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { lookOf, printResult } from '../output.ts';

/** `history`: what was ended, and when. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const history = readHistory(stateDirectory(surroundings.environment));
  const result: HistoryResult = { schemaVersion: SCHEMA_VERSION, command: 'history', ...history };
  if (invocation.flags.has('json')) printResult(toJson(result));
  else
    printResult(
      (await import('../../report/pretty-history.ts')).prettyHistory(result, await lookOf(invocation, surroundings)),
    );
  return EXIT.ok;
};
