import { spawn } from 'node:child_process';
import { cleanEnvironment } from './clean-environment.ts';
import { cliPath } from './paths.ts';
import { makeTempDir } from './with-temp-dir.ts';

/** How one run of a program ended, and what it printed. */
export interface Run {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output before it was decoded. */
  readonly bytes: Buffer;
  /** Standard output read as JSON. */
  readonly json: <T>() => T;
}

/** Where and with what a run starts. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** State folder of the command; a fresh one unless given. */
  readonly home?: string;
  readonly stdin?: string;
}

const collect = (stream: NodeJS.ReadableStream): Buffer[] => {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return chunks;
};

/** Runs any program with a clean environment and a state folder of its own. */
export const runProgram = (file: string, args: readonly string[], options: RunOptions = {}): Promise<Run> => {
  const home = options.home ?? makeTempDir();
  const env = cleanEnvironment({ DEVDOCTOR_HOME: home, ...options.env });
  const child = spawn(file, args, { cwd: options.cwd ?? home, env, stdio: 'pipe' });
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const bytes = Buffer.concat(out);
      const stdout = bytes.toString('utf8');
      const stderr = Buffer.concat(err).toString('utf8');
      resolve({ code, signal, stdout, stderr, bytes, json: () => parse(stdout, stderr) });
    });
  });
};

const parse = <T>(stdout: string, stderr: string): T => {
  try {
    return JSON.parse(stdout) as T;
  } catch (cause) {
    throw new Error(`not JSON: ${stdout.slice(0, 400)}\n${stderr.slice(0, 2000)}`, { cause });
  }
};

/** Runs the built command. */
export const runCli = (args: readonly string[], options: RunOptions = {}): Promise<Run> =>
  runProgram(process.execPath, [cliPath(), ...args], options);

/** Runs a shell script that reaches the built command as `"$NODE" "$CLI"`. */
export const runShell = (script: string, options: RunOptions = {}): Promise<Run> =>
  runProgram('sh', ['-c', script], { ...options, env: { ...options.env, NODE: process.execPath, CLI: cliPath() } });
