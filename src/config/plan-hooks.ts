import { join } from 'node:path';
import { DevdoctorError } from '../model/error.ts';
import type { InitHook } from '../model/results.ts';
import { commandLine } from '../util/command-line.ts';
import { unifiedDiff } from '../util/unified-diff.ts';
import { editManifest, SERVER_SCRIPTS } from './edit-manifest.ts';
import { nearestProject } from './find-project.ts';
import { hookPorts } from './hook-ports.ts';
import { readManifestText } from './manifest-file.ts';
import { packageRunner, preScriptTrouble, type PackageRunner, type RunnerName } from './package-runner.ts';
import { manifestError, parseManifest, type Manifest } from './parse-manifest.ts';
import { projectPorts } from './project-ports.ts';
import { readTextIfAny } from './read-text.ts';
import { workspacePackages } from './workspace-packages.ts';

/** What `init` would do to a project, with nothing done yet. */
export interface HookPlan {
  readonly file: string;
  readonly runner: RunnerName;
  readonly before: string;
  readonly after: string;
  readonly diff: readonly string[];
  readonly hooks: readonly InitHook[];
  readonly notes: readonly string[];
}

const ADD_COMMANDS: Readonly<Record<RunnerName, string>> = {
  npm: 'npm install --save-dev devdoctor',
  pnpm: 'pnpm add --save-dev devdoctor',
  yarn: 'yarn add --dev devdoctor',
  'yarn-berry': 'yarn add --dev devdoctor',
  bun: 'bun add --dev devdoctor',
};

/** A hook that calls a program which others lack stops every start of theirs. */
const dependencyNote = ({ folders, name }: PackageRunner): readonly string[] => {
  const declared = folders.some((folder) =>
    /"devdoctor"\s*:\s*"/.test(readTextIfAny(join(folder, 'package.json')) ?? ''),
  );
  return declared
    ? []
    : [
        `devdoctor is no dependency of this project, so the script fails where it is not installed: ${ADD_COMMANDS[name]}`,
      ];
};

/** Where no script starts a server, say who of the workspace has one. */
const noScriptError = async (folder: string, { file, text, scriptsOffset }: Manifest): Promise<DevdoctorError> => {
  const lacking = `there is no script ${SERVER_SCRIPTS.map((name) => `"${name}"`).join(' or ')} to put the hook before`;
  const packages = (await workspacePackages(folder)).filter(({ scripts }) =>
    SERVER_SCRIPTS.some((name) => scripts.includes(name)),
  );
  const { message } = manifestError(file, text, scriptsOffset, lacking);
  const [first] = packages;
  if (first === undefined)
    return new DevdoctorError('configuration', message, 'add the script that starts your server, then: devdoctor init');
  const names = packages.map((one) => one.folder).join(', ');
  return new DevdoctorError(
    'configuration',
    `${message}; these packages of the workspace have one: ${names}`,
    `${commandLine(['cd', first.folder])} && devdoctor init`,
  );
};

const scriptText = ({ scripts }: Manifest, name: string): string => {
  const value = scripts.get(name)?.value;
  return typeof value === 'string' ? value : '';
};

/** Reads a project and draws what `init` would change. What stands in the way is told as an error. */
export const planHooks = async (cwd: string): Promise<HookPlan> => {
  const folder = nearestProject(cwd);
  if (folder === null)
    throw new DevdoctorError('configuration', `there is no package.json in ${cwd} or above it`, 'npm init -y');
  const file = join(folder, 'package.json');
  const before = readManifestText(file);
  const manifest = parseManifest(before, file);
  if (!SERVER_SCRIPTS.some((name) => manifest.scripts.has(name))) throw await noScriptError(folder, manifest);
  const runner = packageRunner(folder);
  const { ports, notes } = await projectPorts(folder);
  const { text: after, hooks } = editManifest(manifest, {
    style: runner.name === 'yarn-berry' ? 'inside' : 'before',
    portsOf: (script) => hookPorts(ports, script, scriptText(manifest, script)),
  });
  const trouble = preScriptTrouble(runner);
  return {
    file,
    runner: runner.name,
    before,
    after,
    diff: unifiedDiff(before, after),
    hooks,
    notes: [...(trouble === null ? [] : [trouble]), ...dependencyNote(runner), ...notes],
  };
};
