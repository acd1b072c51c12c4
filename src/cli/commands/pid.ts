import { SCHEMA_VERSION } from '../../model/results.ts';
import type { PidResult } from '../../model/service-results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';
import { detailsOf } from '../services/supervision.ts';

/** `pid`: the process numbers of services, 0 for one that does not run. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const { positionals } = invocation;
  const told = await detailsOf(surroundings, positionals.length === 0 ? null : positionals);
  const services = told.services.map(({ id, name, pid }) => ({ id, name, pid }));
  const result: PidResult = { schemaVersion: SCHEMA_VERSION, command: 'pid', services };
  const lines = services.map(({ pid }) => `${pid ?? 0}\n`).join('');
  printResult(invocation.flags.has('json') ? toJson(result) : lines);
  return EXIT.ok;
};
