import { expect } from 'vitest';
import { runCli, type Run, type RunOptions } from '../../helpers/run-cli.ts';
import { expectValid } from './schemas.ts';

/** One object and nothing else, and that object is what the schema says. */
export const expectResult = <T extends { readonly command: string }>(command: string, run: Run): T => {
  expect(run.stderr).toBe('');
  expect(run.stdout.endsWith('}\n')).toBe(true);
  const result = run.json<T>();
  expect(result.command).toBe(command);
  expectValid(command, result);
  return result;
};

/** Runs a command with --json, and asserts its exit code and its result. */
export const runJson = async <T extends { readonly command: string }>(
  args: readonly [string, ...string[]],
  code: number,
  options: RunOptions = {},
): Promise<T> => {
  const [command, ...words] = args;
  // Before the words: after `--` they are not for this command.
  const run = await runCli([command, '--json', ...words], options);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: '' });
  return expectResult<T>(command, run);
};
