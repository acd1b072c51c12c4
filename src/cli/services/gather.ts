import { DevdoctorError } from '../../model/error.ts';
import type { ServiceSpec } from '../../model/service.ts';
import { plural } from '../../util/plural.ts';
import type { Invocation, Surroundings } from '../invocation.ts';
import { fileHere, specsOfFile, specsOfInput, specsOfScript } from './read-specs.ts';
import { givenFieldOptions } from './start-fields.ts';
import { whatToStart, type StartWord } from './what-to-start.ts';

/** What is to be started: services that are described, and services that are there. */
export interface Gathered {
  readonly specs: readonly ServiceSpec[];
  readonly targets: readonly string[];
  readonly notices: readonly string[];
}

const NONE: Gathered = { specs: [], targets: [], notices: [] };

const refuseOptions = (target: string, invocation: Invocation): void => {
  const [option] = [...givenFieldOptions(invocation), ...['env', 'only'].filter((name) => invocation.values[name])];
  if (option === undefined) return;
  throw new DevdoctorError(
    'usage',
    `--${option} is for a file, a script or a command, and "${target}" is a service that is there already`,
    `devdoctor delete ${target}`,
  );
};

const gatherOne = async (word: StartWord, invocation: Invocation, surroundings: Surroundings): Promise<Gathered> => {
  switch (word.kind) {
    case 'input':
      return { ...NONE, ...(await specsOfInput(process.stdin, invocation, surroundings)) };
    case 'file':
      return { ...NONE, ...(await specsOfFile(word.file, invocation, surroundings)) };
    case 'script':
      return { ...NONE, ...specsOfScript(word.script, invocation, surroundings) };
    case 'service':
      refuseOptions(word.target, invocation);
      return { ...NONE, targets: [word.target] };
  }
};

const refuseSameNames = (specs: readonly ServiceSpec[]): void => {
  const names = specs.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double === undefined) return;
  const count = names.filter((name) => name === double).length;
  throw new DevdoctorError(
    'usage',
    `${plural(count, 'service')} would be named "${double}"`,
    'start them one by one, each with a --name of its own',
  );
};

/** Reads all words of `start` before anything is started, so that a mistake changes nothing. */
export const gather = async (invocation: Invocation, surroundings: Surroundings): Promise<Gathered> => {
  const { positionals, rest } = invocation;
  if (positionals.length === 0 && rest.length > 0) {
    throw new DevdoctorError(
      'usage',
      'words after -- are arguments of a script, and none was named before it',
      'devdoctor start app.js -- --port 3000',
    );
  }
  const words: StartWord[] = [];
  for (const word of positionals) words.push(await whatToStart(word, invocation, surroundings));
  if (words.length === 0) words.push({ kind: 'file', file: fileHere(surroundings) });
  const parts: Gathered[] = [];
  for (const word of words) parts.push(await gatherOne(word, invocation, surroundings));
  const specs = parts.flatMap((part) => part.specs);
  refuseSameNames(specs);
  return {
    specs,
    targets: parts.flatMap((part) => part.targets),
    notices: parts.flatMap((part) => part.notices),
  };
};
