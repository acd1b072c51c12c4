import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { runCli, type Run, type RunOptions } from './run-cli.ts';
import { makeTempDir } from './with-temp-dir.ts';

/** Logs of real programs. */
export const LOGS: string = join(ROOT, 'fixtures/logs');
/** A shell loop around a server that misses a variable, started six times. */
export const MISSING_ENV: string = join(LOGS, 'sh-missing-env-throw/app.log');

/** What these tests read of `check --json`. */
export interface Told {
  readonly outcomes: readonly { readonly check: string; readonly status: string; readonly because?: string }[];
  readonly findings: readonly {
    readonly id: string;
    readonly check: string;
    readonly severity: string;
    readonly summary: string;
    readonly evidence: readonly { readonly text: string; readonly source: string }[];
    readonly data: {
      readonly files: readonly string[];
      readonly restarts: number;
      readonly rootCause: string;
      readonly loop: boolean;
      readonly gaveUp: boolean;
      readonly detail: Readonly<Record<string, string>>;
      readonly evidence: readonly string[];
    };
    readonly remedies: readonly { readonly commands: readonly string[] }[];
  }[];
}

/** A home without a PM2 of the user's own. */
export const alone = (said: RunOptions = {}): RunOptions => ({ ...said, env: { HOME: makeTempDir(), ...said.env } });

/** The findings of the check for loops. */
export const loopsIn = (run: Run): Told['findings'] =>
  run.json<Told>().findings.filter(({ check }) => check === 'restart-loop');

/** What could not be looked at, and why. */
export const troublesIn = (run: Run): readonly string[] =>
  run
    .json<Told>()
    .outcomes.flatMap(({ check, status, because }) =>
      check === 'restart-loop' && status === 'skipped' ? [because ?? ''] : [],
    );

/** Checks these logs. */
export const checkLogs = (logs: readonly string[], options: RunOptions = {}): Promise<Run> =>
  runCli(['check', ...logs.map((log) => `--log=${log}`), '--json'], alone(options));
