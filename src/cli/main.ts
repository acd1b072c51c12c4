import { parse } from 'node:path';
import { isKnownError, type DevdoctorError } from '../model/error.ts';
import { errorCode, messageOf } from '../util/error-code.ts';
import { readVersion } from '../util/read-version.ts';
import { sanitize } from '../util/sanitize.ts';
import { COMMANDS } from './command-table/index.ts';
import { EXIT } from './exit-codes.ts';
import type { Invocation, Surroundings } from './invocation.ts';
import { printAside, printResult } from './output.ts';
import { parseFast } from './parse-fast.ts';
import { prepareWords } from './prepare-words.ts';

const EXIT_OF: Readonly<Record<DevdoctorError['code'], number>> = {
  usage: EXIT.usage,
  configuration: EXIT.usage,
  environment: EXIT.notLooked,
  'not-permitted': EXIT.notLooked,
  cancelled: EXIT.refused,
};

const runCommand = async (invocation: Invocation, surroundings: Surroundings): Promise<number> => {
  const spec = COMMANDS.find(({ name }) => name === invocation.command);
  if (spec === undefined) throw new Error(`no code for the command ${invocation.command}`);
  return (await spec.load()).run(invocation, surroundings);
};

const runParsed = async (argv: readonly string[], surroundings: Surroundings): Promise<number> => {
  const fast = parseFast(argv);
  if (fast !== null) return runCommand(fast, surroundings);
  const { parseWithYargs } = await import('./parse-with-yargs.ts');
  const parsed = await parseWithYargs(argv, readVersion(surroundings.packageRoot), process.stdout.columns ?? 80);
  if (parsed.kind === 'run') return runCommand(parsed.invocation, surroundings);
  printResult(parsed.text);
  return EXIT.ok;
};

const report = (error: unknown, verbose: boolean): number => {
  if (isKnownError(error)) {
    const details = error.details.map((detail) => `\n  ${sanitize(detail)}`).join('');
    const hint = error.hint === null ? '' : `\n  try: ${sanitize(error.hint)}`;
    printAside(`devdoctor: ${sanitize(error.message)}${details}${hint}`);
    return EXIT_OF[error.code];
  }
  const code = errorCode(error);
  const hint = verbose ? '' : '\n  try: the same command with --verbose, and tell us what it prints';
  printAside(
    `devdoctor: this is a fault of ours: ${sanitize(messageOf(error))}${code === null ? '' : ` (${code})`}${hint}`,
  );
  if (verbose && error instanceof Error && error.stack !== undefined) printAside(error.stack);
  return EXIT.fault;
};

/** The folder a shell stands in may have been removed under it; then there is no project to look for. */
const currentDirectory = (): string => {
  try {
    return process.cwd();
  } catch {
    return parse(process.execPath).root;
  }
};

/** Runs the command line and resolves to its exit code. Every error ends here, told in words. */
export const main = async (
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  packageRoot: string,
): Promise<number> => {
  try {
    return await runParsed(argv, { cwd: currentDirectory(), environment, packageRoot });
  } catch (error) {
    return report(error, prepareWords(argv).words.includes('--verbose'));
  }
};
