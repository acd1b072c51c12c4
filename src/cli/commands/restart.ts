import { resolve } from 'node:path';
import { DevdoctorError } from '../../model/error.ts';
import type { SpecsReading } from '../../supervisor/pm2/spec-request.ts';
import type { ActionResult } from '../../supervisor/protocol/messages.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import type { CommandRunner, Invocation, Surroundings } from '../invocation.ts';
import { isFile, NOTHING } from '../services/act-on-targets.ts';
import { joinResults } from '../services/join-results.ts';
import { onlyAsked, specsOfFile } from '../services/read-specs.ts';
import { shellVariables } from '../services/shell-variables.ts';
import { summon, summonFor } from '../services/supervision.ts';
import { tellOutcomes } from '../services/tell-outcomes.ts';

interface ReadFile extends SpecsReading {
  readonly file: string;
}

const readFiles = async (invocation: Invocation, surroundings: Surroundings): Promise<readonly ReadFile[]> => {
  const files = invocation.positionals.filter(isFile).map((word) => resolve(surroundings.cwd, word));
  const read: ReadFile[] = [];
  for (const file of files) read.push({ file, ...(await specsOfFile(file, invocation, surroundings)) });
  return read;
};

const refuseFileOptions = ({ values }: Invocation): void => {
  const option = ['env', 'only'].find((name) => values[name] !== undefined);
  if (option === undefined) return;
  throw new DevdoctorError(
    'usage',
    `--${option} chooses from a configuration file, and none was named`,
    `devdoctor restart ecosystem.config.js --${option} NAME`,
  );
};

const restartAll = async (
  supervisor: Supervisor,
  files: readonly ReadFile[],
  targets: readonly string[],
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<ActionResult> => {
  const isWhole = onlyAsked(invocation).length === 0;
  const results: ActionResult[] = [];
  for (const { file, specs } of files) {
    // A part of a file says nothing of what the file no longer has.
    const prune = isWhole ? file : null;
    results.push(await supervisor.request('apply', { specs, verb: 'restart', prune }));
  }
  if (targets.length > 0) {
    const env = shellVariables(invocation, surroundings);
    results.push(await supervisor.request('act', { verb: 'restart', targets, env }));
  }
  return joinResults(
    results,
    files.flatMap(({ notices }) => notices),
  );
};

/** `restart`: stops and starts services; of a file it applies what changed in it. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const targets = invocation.positionals.filter((word) => !isFile(word));
  const files = await readFiles(invocation, surroundings);
  if (files.length === 0) refuseFileOptions(invocation);
  const supervisor = files.length > 0 ? await summon(surroundings) : await summonFor(surroundings, targets);
  try {
    const result =
      supervisor === null ? NOTHING : await restartAll(supervisor, files, targets, invocation, surroundings);
    return await tellOutcomes('restart', result, supervisor, invocation, surroundings);
  } finally {
    supervisor?.close();
  }
};
