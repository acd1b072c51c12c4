import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS, GLOBAL_OPTIONS } from '../../src/cli/command-table/index.ts';
import { completionScript, SHELLS, type Shell } from '../../src/cli/completion-scripts.ts';
import { runCli, runProgram } from '../helpers/run-cli.ts';
import { makeTempDir } from '../helpers/with-temp-dir.ts';

/** How each shell reads a script without running it. */
const READERS: Readonly<Record<Shell, (file: string) => readonly [string, ...string[]]>> = {
  bash: (file) => ['bash', '-n', file],
  zsh: (file) => ['zsh', '-n', file],
  fish: (file) => ['fish', '-n', file],
  powershell: (file) => [
    'pwsh',
    '-NoProfile',
    '-Command',
    `$e = $null; [void][System.Management.Automation.Language.Parser]::ParseFile('${file}', [ref]$null, [ref]$e); exit $e.Count`,
  ],
};

const isInstalled = (shell: Shell): boolean => {
  const [program] = READERS[shell]('');
  const found = spawnSync(program, ['-c', 'exit 0'], { stdio: 'ignore' }).error === undefined;
  if (!found) console.warn(`skipped: ${program} is not installed, so it cannot read its completion script`);
  return found;
};

const saveScript = async (shell: Shell): Promise<string> => {
  const { code, stdout } = await runCli(['completion', shell]);
  expect(code).toBe(0);
  const file = join(makeTempDir(), `completion.${shell}`);
  writeFileSync(file, stdout);
  return file;
};

describe.each(SHELLS)('%s', (shell) => {
  test('knows every command and every option', () => {
    const script = completionScript(shell);
    for (const { name, options } of COMMANDS) {
      expect(script).toContain(name);
      for (const option of [...options, ...GLOBAL_OPTIONS])
        expect(script).toMatch(new RegExp(`(?:--|-l )${option.name}\\b`));
    }
  });

  test('is what the command prints', async () => {
    expect((await runCli(['completion', shell])).stdout).toBe(completionScript(shell));
  });

  test.skipIf(!isInstalled(shell))('is a script that the shell can read', async () => {
    const [program, ...args] = READERS[shell](await saveScript(shell));
    const { code, stderr } = await runProgram(program, args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

/** Presses TAB in bash after a line, and tells what is offered. */
const offered = async (...line: readonly string[]): Promise<readonly string[]> => {
  const script =
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _devdoctor; printf "%s\\n" "${COMPREPLY[@]}"';
  const run = await runProgram('bash', ['-c', script, 'bash', await saveScript('bash'), ...line]);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  return run.stdout.split('\n').filter(Boolean).toSorted();
};

describe.skipIf(!isInstalled('bash'))('bash completes', () => {
  test('the beginning of a command', async () => {
    expect(await offered('devdoctor', 'ch')).toEqual(['check', 'checks']);
  });

  test('nothing yet: every command', async () => {
    expect(await offered('devdoctor', '')).toEqual(COMMANDS.map(({ name }) => name).toSorted());
  });

  test('the beginning of an option', async () => {
    expect(await offered('devdoctor', 'check', '--p')).toEqual(['--port']);
    expect(await offered('devdoctor', 'fix', '--port', '3000', '--d')).toEqual(['--dry-run']);
  });

  test('the options of a command under its other names', async () => {
    expect(await offered('devdoctor', 'desc', 'api', '--sh')).toEqual(['--show-secrets']);
    expect(await offered('devdoctor', 'start', '--no-d')).toEqual(['--no-daemon']);
  });

  test('ids of checks only where a command takes them', async () => {
    expect(await offered('devdoctor', 'fix', '--only', 'port-')).toEqual(['port-occupied']);
    expect(await offered('devdoctor', 'start', '--only', 'port-')).toEqual([]);
  });

  test('the line of an unknown command with nothing', async () => {
    expect(await offered('devdoctor', 'nonsense', '--')).toEqual([]);
  });
});
