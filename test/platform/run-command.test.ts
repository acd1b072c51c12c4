import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchDetached, runCommand } from '../../src/platform/run-command.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';
import { waitFor } from '../helpers/wait-for.ts';

const LONG = 30_000;
const node = (program: string): readonly [string, ...string[]] => [process.execPath, '-e', program];

describe('runCommand', () => {
  it('tells what a program said and how it ended', async () => {
    const program = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 3';
    expect(await runCommand(node(program), LONG)).toEqual({ status: 3, stdout: 'out', stderr: 'err', failure: null });
  });

  it('lets no shell read the words', async () => {
    const words = ['$HOME', '`id`', 'a b', '; exit 9', '"'];
    const program = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const { stdout } = await runCommand([process.execPath, '-e', program, ...words], LONG);
    expect(JSON.parse(stdout)).toEqual(words);
  });

  it('gives up on a program that does not end', async () => {
    expect(await runCommand(node('setInterval(() => {}, 1e6)'), 300)).toMatchObject({
      status: null,
      failure: 'timed-out',
    });
  });

  it('tells a program that is not there', async () => {
    expect(await runCommand(['/nowhere/at/all'], LONG)).toMatchObject({ status: null, failure: 'not-found' });
  });

  it('tells a file that is no program', async () => {
    const file = join(makeTempDir(), 'text');
    writeFileSync(file, 'text', { mode: 0o644 });
    expect(await runCommand([file], LONG)).toMatchObject({ status: null, failure: 'not-permitted' });
  });

  it('claims no status for a program that was ended by somebody else', async () => {
    const ended = await runCommand(node('process.kill(process.pid, "SIGKILL")'), LONG);
    expect(ended).toMatchObject({ status: null, failure: null });
  });

  it('reads all of a long answer, such as the table of a busy machine', async () => {
    const { stdout, failure } = await runCommand(node('process.stdout.write("x".repeat(3_000_000))'), LONG);
    expect({ length: stdout.length, failure }).toEqual({ length: 3_000_000, failure: null });
  });
});

describe('launchDetached', () => {
  const relaunch = (program: string, cwd: string) => ({
    command: node(program),
    cwd,
    environment: { PORT: '4321' },
    environmentNames: [],
  });

  it('starts a program in its folder with its environment, and keeps what it says', async () => {
    const folder = makeTempDir();
    const log = join(folder, 'logs', 'server.log');
    const program = 'console.log(JSON.stringify([process.pid, process.cwd(), process.env.PORT]))';
    const pid = await launchDetached(relaunch(program, folder), log);
    const said = await waitFor('the program to speak', () => readFileSync(log, 'utf8') || null);
    expect(JSON.parse(said)).toEqual([pid, folder, '4321']);
  });

  it('adds to a log and does not begin it anew', async () => {
    const folder = makeTempDir();
    const log = join(folder, 'server.log');
    writeFileSync(log, 'before\n');
    await launchDetached(relaunch('console.log("after")', folder), log);
    const said = await waitFor('the program to speak', () => {
      const text = readFileSync(log, 'utf8');
      return text.includes('after') && text;
    });
    expect(said).toBe('before\nafter\n');
  });

  it.each([
    ['a folder that is gone', process.execPath, '/nowhere/at/all'],
    ['a program that is gone', '/nowhere/at/all', '/'],
  ])('rejects %s', async (_, program, cwd) => {
    const log = join(makeTempDir(), 'server.log');
    await expect(
      launchDetached({ command: [program], cwd, environment: {}, environmentNames: [] }, log),
    ).rejects.toThrow(/ENOENT/);
  });
});
