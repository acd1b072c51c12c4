import { DevdoctorError } from '../../model/error.ts';
import { completionScript, SHELLS, type Shell } from '../completion-scripts.ts';
import { didYouMean } from '../../util/did-you-mean.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner, Surroundings } from '../invocation.ts';
import { printResult } from '../output.ts';

const currentShell = ({ environment }: Surroundings): string => {
  const shell = environment['SHELL']?.replace(/^.*\//, '');
  return shell ?? (environment['PSModulePath'] === undefined ? 'bash' : 'powershell');
};

const toShell = (text: string): Shell => {
  const name = text === 'pwsh' ? 'powershell' : text;
  const shell = SHELLS.find((known) => known === name);
  if (shell !== undefined) return shell;
  const meant = didYouMean(name, SHELLS);
  throw new DevdoctorError(
    'usage',
    `completion is for ${SHELLS.join(', ')}, not "${text}"${meant === null ? '' : `; did you mean ${meant}?`}`,
    'devdoctor completion bash',
  );
};

/** `completion`: a script that completes commands and options in a shell. */
export const run: CommandRunner = (invocation, surroundings) => {
  printResult(completionScript(toShell(invocation.positionals[0] ?? currentShell(surroundings))));
  return Promise.resolve(EXIT.ok);
};
