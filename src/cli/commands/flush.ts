import type { CommandRunner } from '../invocation.ts';
import { actOnTargets, targetsOf } from '../services/act-on-targets.ts';

/** `flush`: empties the logs of services. */
export const run: CommandRunner = (invocation, surroundings) => {
  const { positionals } = invocation;
  const targets = positionals.length === 0 ? null : targetsOf(positionals, surroundings.cwd);
  return actOnTargets(
    'flush',
    targets,
    (supervisor) => supervisor.request('flush', { targets }),
    invocation,
    surroundings,
  );
};
