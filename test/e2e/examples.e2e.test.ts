import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliPath, ROOT } from '../helpers/paths.ts';
import { processesIn } from '../helpers/processes.ts';
import { runProgram } from '../helpers/run-cli.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const FOLDER = join(ROOT, 'examples');
const stories = readdirSync(FOLDER).filter((name) => statSync(join(FOLDER, name)).isDirectory());

test.each(stories)('the story %s ends as it is told, and leaves nothing behind', async (name) => {
  const temp = makeTempDir();
  const env = { TMPDIR: temp, DEVDOCTOR_CLI: cliPath() };
  const { code, stdout, stderr } = await runProgram(process.execPath, [join(FOLDER, name, 'run.mjs')], { env });
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('$ devdoctor ');
  expect(processesIn(temp)).toEqual([]);
  expect(readdirSync(temp)).toEqual([]);
});
