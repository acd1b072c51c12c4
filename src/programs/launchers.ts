import type { ProcessInfo } from '../model/process.ts';
import { bareName, namesOf, programNamesOf, scriptOf, wordsOf, type Recognizable } from './words-of.ts';

const PACKAGE_RUNNERS = new Set([
  'npm',
  'npm-cli',
  'npx',
  'npx-cli',
  'pnpm',
  'pnpx',
  'yarn',
  'yarnpkg',
  'bunx',
  'corepack',
]);

/** Programs that start dev servers and start them again; their whole tree is one dev server. */
const RUNNER_PROGRAMS = new Set([
  'foreman',
  'honcho',
  'overmind',
  'hivemind',
  'process-compose',
  'mprocs',
  'watchexec',
  'air',
]);

/** The same, as scripts of an interpreter: only names that nobody gives to a script of their own. */
const RUNNER_SCRIPTS = new Set([
  'nodemon',
  'concurrently',
  'turbo',
  'lerna',
  'npm-run-all',
  'npm-run-all2',
  'run-p',
  'run-s',
  'wireit',
  'ts-node-dev',
  'tsnd',
  'node-dev',
  'start-server-and-test',
]);

/** Names too common to trust: the path must show the package. */
const RUNNER_PACKAGE = /[\\/]node_modules[\\/](?:\.bin[\\/])?(?:nx|nf|supervisor|foreman|wait-on)(?:[\\/.]|$)/;

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'fish', 'cmd', 'powershell', 'pwsh']);

/** Is this the name of a package runner or of a program that restarts dev servers? Scripts of that name are not asked for. */
export const isLauncherName = (name: string): boolean => PACKAGE_RUNNERS.has(name) || RUNNER_PROGRAMS.has(name);

/** Is this npm, pnpm, yarn or a kin of theirs? npm writes `npm run dev` over its arguments. */
export const isPackageRunner = (process: Recognizable): boolean => {
  const [program = '', second = ''] = wordsOf(process);
  if (PACKAGE_RUNNERS.has(bareName(program))) return true;
  if (bareName(program) === 'bun' && second === 'run') return true;
  const script = scriptOf(process);
  return script !== null && PACKAGE_RUNNERS.has(bareName(script));
};

/** Is this a program that watches, restarts or bundles dev servers? */
export const isRunner = (process: Recognizable): boolean => {
  const words = wordsOf(process);
  if (programNamesOf(process).some((name) => RUNNER_PROGRAMS.has(name) || RUNNER_SCRIPTS.has(name))) return true;
  const script = scriptOf(process);
  if (script !== null && (RUNNER_SCRIPTS.has(bareName(script)) || RUNNER_PACKAGE.test(script))) return true;
  if (namesOf(process).includes('tsx') && words.includes('watch')) return true;
  return bareName(words[0] ?? '') === 'node' && words.slice(1).some((word) => /^--watch(?:-path)?(?:=|$)/.test(word));
};

/** Any kind of command shell. */
export const isShell = (process: Recognizable): boolean =>
  SHELLS.has(bareName((wordsOf(process)[0] ?? process.name).replace(/^-/, '')));

/** The command a shell was told to run; `null` for a shell that was given none. */
const shellCommand = ({ command }: Recognizable): string | null => {
  const flag = command.findIndex((word) => /^-[a-z]*c$/.test(word));
  return flag < 1 ? null : (command[flag + 1] ?? null);
};

/** Options of shells that take the next word for a file to read first, not for a script to run. */
const TAKES_A_FILE = new Set(['--init-file', '--rcfile', '-o', '+o', '-O', '+O']);

/** A shell that a person types into. */
export const isInteractiveShell = (process: Recognizable): boolean => {
  if (!isShell(process) || shellCommand(process) !== null) return false;
  const words = wordsOf(process).slice(1);
  const script = words.find((word, index) => !/^[-+]/.test(word) && !TAKES_A_FILE.has(words[index - 1] ?? ''));
  return script === undefined;
};

/** The shell between a package runner and the script; it outlives a runner that was killed. */
export const isScriptShell = (process: ProcessInfo, parent: ProcessInfo | null): boolean => {
  if (!isShell(process)) return false;
  if (parent !== null && isPackageRunner(parent)) return true;
  const script = process.environment?.['npm_lifecycle_script'];
  return script !== undefined && shellCommand(process)?.startsWith(script) === true;
};
