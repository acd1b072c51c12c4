import { constants } from 'node:os';
import { DevdoctorError } from '../../model/error.ts';
import { didYouMean } from '../../util/did-you-mean.ts';
import type { CommandRunner } from '../invocation.ts';
import { actOnTargets, targetsOf } from '../services/act-on-targets.ts';

/** `SIGHUP`, `hup` and `Hup` are one. */
const signalOf = (word: string): string => {
  const upper = word.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  const known = Object.keys(constants.signals);
  if (known.includes(name)) return name;
  const meant = didYouMean(name, known);
  throw new DevdoctorError(
    'usage',
    `there is no signal "${word}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    'devdoctor send-signal SIGUSR2 api',
  );
};

/** `send-signal`: sends a signal to services. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const [word = '', ...words] = invocation.positionals;
  const signal = signalOf(word);
  const targets = targetsOf(words, surroundings.cwd);
  return actOnTargets(
    'send-signal',
    targets,
    (supervisor) => supervisor.request('signal', { targets, signal }),
    invocation,
    surroundings,
  );
};
