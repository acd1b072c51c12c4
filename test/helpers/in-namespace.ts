import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from './clean-environment.ts';
import { cliPath, ROOT } from './paths.ts';
import { makeTempDir } from './with-temp-dir.ts';

/** What happens before the command runs: a setup command that must succeed, or a program that says `ready`. */
export type ScenarioStep =
  | { readonly exec: readonly string[] }
  | { readonly as: string; readonly argv: readonly string[]; readonly ends?: boolean };

/** How the command under test is run. */
export interface ScenarioCommand {
  readonly args: readonly string[];
  /** A user other than the one who started the programs. */
  readonly uid?: number;
  /** A search path without any program but node. */
  readonly bare?: boolean;
  /** Variables of the command's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Run out of sight of the programs, in a pid namespace of its own. */
  readonly apart?: boolean;
  /** Run as a child of this program, which a program `run-below.mjs` must be. */
  readonly below?: string;
}

/** The processes a program named when it was ready. */
export interface ReadyProcesses {
  readonly pid: number;
  readonly others: readonly number[];
}

interface LivingProcess {
  readonly pid: number;
  readonly parent: number;
  readonly argv: string;
}

/** A row of the kernel's table of IPv4 TCP sockets, with the kernel's number for its state. */
export interface KernelSocket {
  readonly local: number;
  readonly remote: number;
  readonly state: number;
}

/** Everything one scenario told. */
export interface ScenarioResult {
  readonly programs: Readonly<Record<string, { readonly first: ReadyProcesses; readonly latest: ReadyProcesses }>>;
  readonly before: readonly LivingProcess[];
  /** As they were before the command ran. */
  readonly sockets: readonly KernelSocket[];
  readonly run: { readonly code: number | null; readonly stdout: string; readonly stderr: string };
  /** Could the port be bound on all IPv4 addresses as soon as the command had ended? */
  readonly bindable: boolean;
  readonly after: readonly LivingProcess[];
  /** What the programs wrote to the file `note` of the scenario's folder. */
  readonly note: string;
}

const FLAGS: readonly string[] = ['--pid', '--net', '--mount-proc', '--fork', '--kill-child'];

// A shell as pid 1 reaps the orphans it inherits, and `exit` keeps it from being replaced by its last command.
const AS_INIT = 'ip link set lo up && "$@"; exit $?';

const tryUnshare = (prefix: readonly string[]): string | null => {
  const { status, stderr, error } = spawnSync('unshare', [...prefix, ...FLAGS, 'sh', '-c', AS_INIT, 'sh', 'true'], {
    encoding: 'utf8',
  });
  return status === 0 ? null : (error?.message ?? stderr.trim());
};

const chooseFlags = (): { readonly prefix: readonly string[]; readonly trouble: string | null } => {
  if (tryUnshare([]) === null) return { prefix: [], trouble: null };
  const trouble = tryUnshare(['--map-root-user']);
  return { prefix: ['--map-root-user'], trouble };
};

const { prefix, trouble } = chooseFlags();

/** Why no pid and network namespace can be made here; `null` when one can. */
export const namespaceTrouble: string | null = trouble && `no pid and network namespaces here: ${trouble}`;

/** Why a second user is out of reach in a namespace; `null` when there is one. */
export const secondUserTrouble: string | null =
  namespaceTrouble ?? (prefix.length > 0 ? 'only one user exists in a namespace made without root' : null);

const onlyNode = (folder: string): string => {
  const path = join(folder, 'only-node');
  mkdirSync(path);
  symlinkSync(process.execPath, join(path, 'node'));
  return path;
};

const TIME_LIMIT_MS = 100_000;

const unshare = (args: readonly string[], cwd: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn('unshare', [...prefix, ...FLAGS, ...args], { cwd, env: cleanEnvironment(), stdio: 'pipe' });
    const limit = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT_MS);
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      if (code === 0) resolve();
      else reject(new Error(`the scenario ended with ${code ?? signal}: ${told}`));
    });
  });

/** Runs one scenario in a fresh pid and network namespace, which dies with everything in it. */
export const inNamespace = async (
  port: number,
  steps: readonly ScenarioStep[],
  command: ScenarioCommand,
): Promise<ScenarioResult> => {
  const folder = makeTempDir();
  const home = join(folder, 'home');
  mkdirSync(home);
  chmodSync(home, 0o777);
  const env = cleanEnvironment({
    DEVDOCTOR_HOME: home,
    ...command.env,
    ...(command.bare ? { PATH: onlyNode(folder) } : {}),
  });
  const apart = command.apart === true ? ['unshare', '--pid', '--fork', '--mount-proc'] : [];
  const argv = [...apart, process.execPath, cliPath(), ...command.args];
  const scenario = {
    port,
    // A program that runs the command as its child hands on its own environment.
    env: command.below === undefined ? cleanEnvironment() : env,
    steps: steps.map((step) => fillIn(step, folder, argv)),
    command: { argv, env, cwd: folder, uid: command.uid, below: command.below },
  };
  const [scenarioFile, resultFile] = [join(folder, 'scenario.json'), join(folder, 'result.json')];
  writeFileSync(scenarioFile, JSON.stringify(scenario));
  const runner = join(ROOT, 'test/helpers/namespace-scenario.mjs');
  await unshare(['sh', '-c', AS_INIT, 'sh', process.execPath, runner, scenarioFile, resultFile], folder);
  const note = existsSync(join(folder, 'note')) ? readFileSync(join(folder, 'note'), 'utf8') : '';
  return { ...(JSON.parse(readFileSync(resultFile, 'utf8')) as ScenarioResult), note };
};

/** Stands in a program's arguments for the scenario's own folder. */
export const FOLDER = '{folder}';

/** Stands in a program's arguments for the command under test. */
export const COMMAND = '{command}';

const fillIn = (step: ScenarioStep, folder: string, command: readonly string[]): ScenarioStep => {
  const fill = (argv: readonly string[]): readonly string[] =>
    argv.flatMap((word) => (word === COMMAND ? command : [word.replace(FOLDER, folder)]));
  return 'exec' in step ? { exec: fill(step.exec) } : { ...step, argv: fill(step.argv) };
};
