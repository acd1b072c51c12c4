import { SCHEMA_VERSION } from '../../model/results.ts';
import type { PingResult } from '../../model/service-results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';
import { askOnce, noneRuns, reach } from '../services/supervision.ts';

/** `ping`: tells whether the supervisor answers. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const supervisor = await reach(surroundings);
  if (supervisor === null) throw noneRuns();
  const answer = await askOnce(supervisor, 'ping', {});
  const result: PingResult = { schemaVersion: SCHEMA_VERSION, command: 'ping', ...answer };
  printResult(invocation.flags.has('json') ? toJson(result) : `pong ${answer.pid}\n`);
  return EXIT.ok;
};
