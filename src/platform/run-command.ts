import { execFile, spawn, type ExecFileException } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CommandResult } from '../model/platform.ts';
import type { Relaunch } from '../model/plan.ts';

const failureOf = (error: ExecFileException | null): CommandResult['failure'] => {
  if (error === null || typeof error.code === 'number') return null;
  if (error.killed === true) return 'timed-out';
  if (error.code === 'ENOENT') return 'not-found';
  return error.code === 'EACCES' ? 'not-permitted' : null;
};

const statusOf = (error: ExecFileException | null): number | null => {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : null;
};

/** A table of all sockets of a busy machine is a few megabytes. */
const LONGEST_ANSWER = 64 * 1024 * 1024;

/** Runs a program without a shell and gives up after `timeoutMs`. Never rejects: how it ended is the answer. */
export const runCommand = (command: readonly [string, ...string[]], timeoutMs: number): Promise<CommandResult> =>
  new Promise((resolve) => {
    const [program, ...args] = command;
    execFile(
      program,
      args,
      { timeout: timeoutMs, maxBuffer: LONGEST_ANSWER, windowsHide: true, encoding: 'utf8' },
      (error, stdout, stderr) => {
        resolve({ status: statusOf(error), stdout, stderr, failure: failureOf(error) });
      },
    );
  });

/** Starts a program in a session of its own whose output goes to a file; resolves to its pid. */
export const launchDetached = (relaunch: Relaunch, logFile: string): Promise<number> => {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const log = openSync(logFile, 'a', 0o600);
  const [program, ...args] = relaunch.command;
  const child = spawn(program, args, {
    cwd: relaunch.cwd,
    env: { ...process.env, ...relaunch.environment },
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve(child.pid ?? 0);
    });
  });
};
