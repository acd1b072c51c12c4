import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_VERSION, type ExplainResult } from '../../model/results.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';
import { checks } from '../../checks/index.ts';
import { DevdoctorError } from '../../model/error.ts';
import { didYouMean } from '../../util/did-you-mean.ts';

interface Page {
  readonly id: string;
  readonly folder: 'checks' | 'causes';
}

/** Every root cause has a page of its code, and the folder is the list of them. */
const causesIn = (packageRoot: string): readonly string[] =>
  readdirSync(join(packageRoot, 'docs', 'causes')).map((file) => file.replace(/\.md$/, ''));

const pageOf = (asked: string, packageRoot: string): Page => {
  const ids = checks.map(({ id }) => id);
  if (ids.includes(asked)) return { id: asked, folder: 'checks' };
  const codes = causesIn(packageRoot);
  const code = codes.find((candidate) => candidate === asked.toUpperCase());
  if (code !== undefined) return { id: code, folder: 'causes' };
  const meant = didYouMean(asked, ids) ?? didYouMean(asked.toUpperCase(), codes);
  throw new DevdoctorError(
    'usage',
    `there is no check and no root cause "${asked}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    'devdoctor checks',
  );
};

/** `explain`: one page on a check or on a root cause, as the documentation has it. */
export const run: CommandRunner = (invocation, { packageRoot }) => {
  const { id, folder } = pageOf(invocation.positionals[0] ?? '', packageRoot);
  const text = readFileSync(join(packageRoot, 'docs', folder, `${id}.md`), 'utf8');
  const result: ExplainResult = { schemaVersion: SCHEMA_VERSION, command: 'explain', id, text };
  printResult(invocation.flags.has('json') ? toJson(result) : text);
  return Promise.resolve(EXIT.ok);
};
