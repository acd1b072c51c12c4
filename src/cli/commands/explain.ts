import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_VERSION, type ExplainResult } from '../../model/results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';
import { checkById } from '../read-arguments.ts';

/** `explain`: one page on a check, as the documentation has it. */
export const run: CommandRunner = (invocation, { packageRoot }) => {
  const { id } = checkById(invocation.positionals[0] ?? '');
  const text = readFileSync(join(packageRoot, 'docs', 'checks', `${id}.md`), 'utf8');
  const result: ExplainResult = { schemaVersion: SCHEMA_VERSION, command: 'explain', id, text };
  printResult(invocation.flags.has('json') ? toJson(result) : text);
  return Promise.resolve(EXIT.ok);
};
