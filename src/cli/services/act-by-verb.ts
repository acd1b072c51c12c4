import type { Verb } from '../../supervisor/protocol/messages.ts';
import type { CommandRunner } from '../invocation.ts';
import { actOnTargets, targetsOf } from './act-on-targets.ts';

/** A command that hands its words to the supervisor with a verb. */
export const actByVerb =
  (verb: Exclude<Verb, 'start' | 'restart'>): CommandRunner =>
  (invocation, surroundings) => {
    const targets = targetsOf(invocation.positionals, surroundings.cwd);
    return actOnTargets(
      verb,
      targets,
      (supervisor) => supervisor.request('act', { verb, targets, env: null }),
      invocation,
      surroundings,
    );
  };
