import { DevdoctorError } from '../../model/error.ts';
import type { CommandRunner } from '../invocation.ts';
import { actOnTargets } from '../services/act-on-targets.ts';

/** `scale`: changes how many copies of a service run. */
export const run: CommandRunner = (invocation, surroundings) => {
  const [target = '', count = ''] = invocation.positionals;
  if (!/^[+-]?\d+$/.test(count)) {
    throw new DevdoctorError(
      'usage',
      `scale takes how many copies, or how many more or fewer (3, +2, -1), not "${count}"`,
      'devdoctor scale --help',
    );
  }
  return actOnTargets(
    'scale',
    [target],
    (supervisor) => supervisor.request('scale', { target, count }),
    invocation,
    surroundings,
  );
};
