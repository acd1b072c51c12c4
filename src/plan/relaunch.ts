import type { Relaunch } from '../model/plan.ts';
import type { ProcessInfo } from '../model/process.ts';
import { isPackageRunner } from '../programs/launchers.ts';
import { bareName, wordsOf } from '../programs/words-of.ts';

/** What a relaunch sets; the rest comes from the shell that asks for it. */
const KEPT_VARIABLES = [
  'PATH',
  'PORT',
  'HOST',
  'NODE_ENV',
  'LANG',
  'npm_lifecycle_event',
  'npm_package_json',
  'INIT_CWD',
];

type Command = readonly [string, ...string[]];

/** npm writes a title over its arguments; its children know where it lies. */
const runnerCommand = (root: ProcessInfo, members: readonly ProcessInfo[]): Command | null => {
  const [program = '', ...args] = wordsOf(root);
  const knowing = members.find(({ environment }) => environment?.['npm_execpath'] !== undefined)?.environment;
  const script = knowing?.['npm_execpath'];
  if (script === undefined) return [program, ...args];
  return [knowing?.['npm_node_execpath'] ?? 'node', script, ...args];
};

const plainCommand = ({ command, executable }: ProcessInfo): Command | null => {
  const [program, ...args] = command;
  if (program === undefined) return null;
  const retitled = args.length === 0 && executable !== null && bareName(program) !== bareName(executable.path);
  return retitled ? null : [program, ...args];
};

/** How to start the root of a tree again as it was; `null` where that cannot be told with certainty. */
export const relaunchOf = (root: ProcessInfo, members: readonly ProcessInfo[]): Relaunch | null => {
  const titled = root.command.length === 1 && isPackageRunner(root);
  const command = titled ? runnerCommand(root, members) : plainCommand(root);
  if (command === null || root.cwd === null || root.cwd.deleted) return null;
  const environment = root.environment ?? {};
  const kept = KEPT_VARIABLES.flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    command,
    cwd: root.cwd.path,
    environment: Object.fromEntries(kept),
    environmentNames: root.environmentNames ?? [],
  };
};
