import { checks } from '../../checks/index.ts';
import { SCHEMA_VERSION, type ChecksResult } from '../../model/results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';

/** `checks`: the catalogue. */
export const run: CommandRunner = (invocation) => {
  const result: ChecksResult = {
    schemaVersion: SCHEMA_VERSION,
    command: 'checks',
    checks: checks.map(({ id, title }) => ({ id, title })),
  };
  const lines = result.checks.map(({ id, title }) => `${id}  ${title}\n`).join('');
  printResult(invocation.flags.has('json') ? toJson(result) : lines);
  return Promise.resolve(EXIT.ok);
};
