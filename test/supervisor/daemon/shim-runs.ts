import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readClaim, readExit, type RecordedExit, type RunClaim } from '../../../src/supervisor/state/run-files.ts';
import { ROOT } from '../../helpers/paths.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { makeTempDir } from '../../helpers/with-temp-dir.ts';

/** The shim as the package has it. */
export const SHIM: string = join(ROOT, 'src/supervisor/daemon/shim.sh');

export const BOOT = 'boot-of-a-test';

/** A shell to run the shim with, and its name for people. */
export type Shell = readonly [string, ...string[]];

const KNOWN: readonly Shell[] = [['dash'], ['bash', '--posix'], ['busybox', 'sh'], ['ksh'], ['zsh', '--emulate', 'sh']];

const isThere = ([program, ...options]: Shell): boolean =>
  spawnSync(program, [...options, '-c', 'exit 0'], { stdio: 'ignore' }).status === 0;

/** The shells of this machine that may be its `sh`, that one first. */
export const SHELLS: readonly (readonly [string, Shell])[] = [['/bin/sh'] as const, ...KNOWN.filter(isThere)].map(
  (shell) => [shell.join(' '), shell] as const,
);

/** How a service is run. */
export interface ShimRequest {
  readonly shell?: Shell;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where the files of the run begin. */
  readonly base?: string;
}

/** A run that goes on, or is over. */
export interface ShimRun {
  readonly child: ChildProcess;
  readonly base: string;
  readonly claim: () => RunClaim;
  /** Waits until the service has taken the place of its shell. */
  readonly mainPid: () => Promise<number>;
  readonly out: () => string;
  readonly err: () => string;
  /** Waits for the end of the shim; what it recorded. */
  readonly end: () => Promise<RecordedExit | null>;
}

const endGroup = (child: ChildProcess): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, 'SIGKILL');
};

/** Runs a command as the daemon does: in a session of its own, its output in files. Ends its group with the test. */
export const runShim = ({ shell = ['/bin/sh'], command, env, cwd, base }: ShimRequest): ShimRun => {
  const folder = makeTempDir();
  const files = ['out', 'err'].map((name) => join(folder, name));
  const [out = 0, err = 0] = files.map((file) => openSync(file, 'a', 0o600));
  const place = base ?? join(folder, '3-1');
  const [program, ...options] = shell;
  const child = spawn(program, [...options, SHIM, place, BOOT, ...command], {
    cwd: cwd ?? folder,
    env: env ?? { PATH: process.env['PATH'] ?? '' },
    detached: true,
    stdio: ['ignore', out, err],
  });
  const ended = once(child, 'exit');
  for (const descriptor of [out, err]) closeSync(descriptor);
  onTestFinished(() => endGroup(child));
  const [outFile = '', errFile = ''] = files;
  const claim = (): RunClaim => readClaim(place);
  return {
    child,
    base: place,
    claim,
    mainPid: () => waitFor('the service to be there', () => claim().main?.pid ?? null),
    out: () => readFileSync(outFile, 'utf8'),
    err: () => readFileSync(errFile, 'utf8'),
    end: async () => {
      await ended;
      return readExit(place);
    },
  };
};

/** Runs a text of the shell as the service. */
export const runText = (text: string, request: Omit<ShimRequest, 'command'> = {}): ShimRun =>
  runShim({ ...request, command: ['/bin/sh', '-c', text] });

/** Runs a text of Node as the service. */
export const runNode = (text: string, request: Omit<ShimRequest, 'command'> = {}): ShimRun =>
  runShim({ ...request, command: [process.execPath, '-e', text] });
