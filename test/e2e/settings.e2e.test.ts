import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { runCli } from '../helpers/run-cli.ts';
import { startProgram } from '../helpers/start-program.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

const projectWith = (settings: unknown): string => {
  const folder = makeTempDir();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', devdoctor: settings }));
  return folder;
};

describe('the settings of a project', () => {
  test.for([
    ['a port', (port: number) => ({ protect: [port] })],
    ['a program', () => ({ protect: ['listen'] })],
  ] as const)('protect %s from fix, even with --yes', async ([, settingsFor]) => {
    const port = await freePort();
    const server = await startProgram('listen.mjs', port);
    const run = await runCli(['fix', '--port', String(port), '--yes'], { cwd: projectWith(settingsFor(port)) });
    expect(run.code).toBe(5);
    expect(run.stdout).toContain("the project's settings protect");
    expect(server.child.exitCode).toBe(null);
  });

  test('leave a finding out of check, and say so; a port asked for by number is told', async () => {
    const port = await freePort();
    await startProgram('listen.mjs', port);
    const cwd = projectWith({ ports: [port], ignore: [`port-occupied:${port}`] });
    const quiet = await runCli(['check'], { cwd });
    expect(quiet).toMatchObject({ code: 0 });
    expect(quiet.stdout).toContain('1 finding left out');
    expect((await runCli(['check', '--port', String(port)], { cwd })).code).toBe(1);
  });

  test.for([
    [{ prots: [3000] }, /devdoctor\.prots.*did you mean devdoctor\.ports/],
    [{ ports: [70_000] }, /ports\[0\].*70000/],
    [{ ignore: ['port-ocupied'] }, /port-ocupied.*did you mean port-occupied/],
  ] as const)('that are wrong are told with exit code 2: %j', async ([settings, expected]) => {
    const run = await runCli(['check'], { cwd: projectWith(settings) });
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(expected);
  });
});
