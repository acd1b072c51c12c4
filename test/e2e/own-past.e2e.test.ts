import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askServer, closeTerminal, startDevProject } from '../helpers/dev-project.ts';
import { runCli, type RunOptions } from '../helpers/run-cli.ts';
import { terminalTrouble } from '../helpers/terminal.ts';

if (terminalTrouble !== null) console.warn(`skipped: ${terminalTrouble}`);

interface Way {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const WAYS: readonly Way[] = [
  { name: '--own', args: ['--own'], env: {} },
  { name: 'a prestart hook', args: [], env: { npm_lifecycle_event: 'prestart' } },
  { name: 'a predev hook', args: [], env: { npm_lifecycle_event: 'predev' } },
];

const hookIn = (folder: string, { env }: Way): RunOptions => ({
  cwd: folder,
  env: { ...env, INIT_CWD: folder, npm_package_json: join(folder, 'package.json') },
});

describe.skipIf(terminalTrouble !== null)('--yes for the own past only', () => {
  test.for(WAYS)("$name: the project's own server of a closed terminal is ended", async (way) => {
    const own = await startDevProject(() => 'npm run dev');
    await closeTerminal(own);
    const run = await runCli(['fix', '--port', String(own.port), '--yes', ...way.args], hookIn(own.folder, way));
    expect({ code: run.code, stderr: run.stderr }).toMatchObject({ code: 0 });
    expect(await askServer(own.port)).toBe(null);
  });

  test.for(WAYS)("$name: a stranger's server is explained and left alone", async (way) => {
    const [stranger, own] = [await startDevProject(() => 'npm run dev'), await startDevProject(() => 'npm run dev')];
    const run = await runCli(['fix', '--port', String(stranger.port), '--yes', ...way.args], hookIn(own.folder, way));
    expect({ code: run.code, stderr: run.stderr }).toMatchObject({ code: 5 });
    expect(run.stdout + run.stderr).toContain(String(stranger.server));
    expect(await askServer(stranger.port)).toBe(stranger.server);
  });
});
