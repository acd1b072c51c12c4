import { basename, resolve } from 'node:path';
import { isEcosystemName } from '../../config/load-ecosystem.ts';
import type { ActionCommand } from '../../model/service-results.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import type { ActionResult } from '../../supervisor/protocol/messages.ts';
import type { Invocation, Surroundings } from '../invocation.ts';
import { summonFor } from './supervision.ts';
import { tellOutcomes } from './tell-outcomes.ts';

/** Nothing was there to be done. */
export const NOTHING: ActionResult = { outcomes: [], notices: [] };

/** The words of a command as the supervisor takes them: a configuration file by its absolute path. */
export const targetsOf = (words: readonly string[], cwd: string): readonly string[] =>
  words.map((word) => (isFile(word) ? resolve(cwd, word) : word));

/** Is this word the name of a configuration file? A pattern between slashes may look like one. */
export const isFile = (word: string): boolean => !/^\/.+\/[a-z]*$/.test(word) && isEcosystemName(basename(word));

/** Asks the supervisor to do something to services that are there, and tells how each came out. */
export const actOnTargets = async (
  command: ActionCommand,
  targets: readonly string[] | null,
  ask: (supervisor: Supervisor) => Promise<ActionResult>,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<number> => {
  const supervisor = await summonFor(surroundings, targets);
  try {
    const result = supervisor === null ? NOTHING : await ask(supervisor);
    return await tellOutcomes(command, result, supervisor, invocation, surroundings);
  } finally {
    supervisor?.close();
  }
};
