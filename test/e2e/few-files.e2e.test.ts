import { describe, expect, test } from 'vitest';
import type { CheckJson } from '../helpers/cli-json.ts';
import { freePort } from '../helpers/free-port.ts';
import { runShell, type Run } from '../helpers/run-cli.ts';
import { startProgram } from '../helpers/start-program.ts';

// Node itself needs 18 to start.
const LIMITS: readonly number[] = [20, 22, 24, 28, 32];

const runWithFew = (limit: number, args: string): Promise<Run> =>
  runShell(`ulimit -n ${limit} && exec "$NODE" "$CLI" ${args}`);

const heldBy = (run: Run): readonly number[] =>
  run.json<CheckJson>().findings.flatMap(({ data }) => data.holders.map(({ pid }) => pid));

const expectNoCrash = (run: Run): void => {
  expect(run.signal).toBe(null);
  expect(run.stderr).not.toMatch(/^\s+at /m);
};

describe('too few files may be open', () => {
  test.for(LIMITS)('%i: check tells the holder, or that it could not look', async (limit) => {
    const port = await freePort();
    const server = await startProgram('listen.mjs', port);
    const run = await runWithFew(limit, `check --port ${port} --json`);
    expectNoCrash(run);
    const answer = run.code === 3 ? 'could not look' : { code: run.code, pids: heldBy(run) };
    expect(['could not look', { code: 1, pids: [server.pid] }]).toContainEqual(answer);
  });

  test.for(LIMITS)('%i: a free port is never called taken', async (limit) => {
    const run = await runWithFew(limit, `check --port ${await freePort()} --json`);
    expectNoCrash(run);
    expect([0, 3]).toContain(run.code);
  });

  test.for(LIMITS)('%i: fix ends the holder, or nothing', async (limit) => {
    const port = await freePort();
    const server = await startProgram('listen.mjs', port);
    const run = await runWithFew(limit, `fix --port ${port} --yes --json`);
    expectNoCrash(run);
    expect([0, 3, 4, 5]).toContain(run.code);
    if (server.isAlive()) expect(run.code).not.toBe(0);
  });
});
