import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { cleanEnvironment } from './clean-environment.ts';
import { cliPath } from './paths.ts';
import { runProgram, type Run, type RunOptions } from './run-cli.ts';

const { status, error } = spawnSync('script', ['--version'], { encoding: 'utf8' });

/** Why no pseudo-terminal can be had here; `null` when one can. */
export const terminalTrouble: string | null =
  status === 0 ? null : `no pseudo-terminal here: script(1): ${error?.message ?? `exit ${status}`}`;

/** A terminal window with a shell in it. */
export interface Terminal {
  readonly type: (line: string) => void;
  /** Takes the terminal away, as closing its window does. */
  readonly close: () => Promise<void>;
}

const endTerminal = async (terminal: ChildProcess): Promise<void> => {
  if (terminal.exitCode !== null || terminal.signalCode !== null) return;
  const exited = once(terminal, 'exit');
  terminal.kill('SIGKILL');
  await exited;
};

/** Opens a pseudo-terminal with an interactive shell in a folder; closed at the latest when the test is over. */
export const openTerminal = (cwd: string, env: Readonly<Record<string, string>> = {}): Terminal => {
  const terminal = spawn('script', ['--quiet', '--flush', '--command', 'exec sh -i', '/dev/null'], {
    cwd,
    env: cleanEnvironment({ SHELL: '/bin/sh', ...env }),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  terminal.stdin?.on('error', () => {});
  onTestFinished(() => endTerminal(terminal));
  return {
    type: (line) => terminal.stdin?.write(`${line}\n`),
    close: () => endTerminal(terminal),
  };
};

/** Runs a shell line that reaches the built command as `"$NODE" "$CLI"`, with a terminal as its output. */
export const runInTerminal = (line: string, columns: number, options: RunOptions = {}): Promise<Run> =>
  runProgram('script', ['--quiet', '--return', '--command', `stty cols ${columns}; ${line}`, '/dev/null'], {
    ...options,
    env: { SHELL: '/bin/sh', TERM: 'xterm-256color', NODE: process.execPath, CLI: cliPath(), ...options.env },
  });
