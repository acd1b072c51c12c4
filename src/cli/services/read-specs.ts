import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { findEcosystem, loadEcosystemFile } from '../../config/load-ecosystem.ts';
import { stateDirectory } from '../../config/state-directory.ts';
import { DevdoctorError } from '../../model/error.ts';
import { servicesOf } from '../../supervisor/pm2/services-of.ts';
import { specOfScript } from '../../supervisor/pm2/spec-of-script.ts';
import type { SpecRequest, SpecsReading } from '../../supervisor/pm2/spec-request.ts';
import { homeAt } from '../../supervisor/state/home.ts';
import { findHome } from '../../supervisor/state/open-home.ts';
import { messageOf } from '../../util/error-code.ts';
import type { Invocation, Surroundings } from '../invocation.ts';
import { startFields } from './start-fields.ts';

/** `--only a,b --only c` names three. */
export const onlyAsked = ({ values }: Invocation): readonly string[] =>
  (values['only'] ?? []).flatMap((text) => text.split(',')).filter((name) => name !== '');

const requestFor = (file: string | null, invocation: Invocation, { cwd, environment }: Surroundings): SpecRequest => {
  const folder = stateDirectory(environment);
  return {
    file,
    folder: cwd,
    profile: invocation.values['env']?.at(-1) ?? null,
    only: onlyAsked(invocation),
    shell: environment,
    nodePath: process.execPath,
    nodeVersion: process.versions.node,
    cpus: availableParallelism(),
    logsFolder: (findHome(folder) ?? homeAt(resolve(folder))).logs,
    overrides: startFields(invocation),
  };
};

/** The services that a configuration file describes. */
export const specsOfFile = async (
  file: string,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<SpecsReading> => {
  const reading = await loadEcosystemFile(file);
  if (!reading.ok) {
    throw new DevdoctorError(
      'configuration',
      `cannot read ${file}: ${reading.detail}`,
      `mend ${file}; nothing was started`,
    );
  }
  return servicesOf(reading.value, requestFor(file, invocation, surroundings));
};

/** The ecosystem file of the folder the command was given in. */
export const fileHere = ({ cwd }: Surroundings): string => {
  const file = findEcosystem(cwd);
  if (file !== null) return file;
  throw new DevdoctorError(
    'usage',
    `there is no ecosystem.config.{js,cjs,mjs,json,yaml,yml,ts} in ${cwd}, and nothing else was named`,
    'devdoctor start app.js',
  );
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DevdoctorError(
      'configuration',
      `standard input holds no JSON: ${messageOf(error)}`,
      'devdoctor start - < services.json',
    );
  }
};

/** The services that a configuration on standard input describes. */
export const specsOfInput = async (
  input: AsyncIterable<Buffer>,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<SpecsReading> => {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk);
  const value = parsed(Buffer.concat(chunks).toString('utf8'));
  return servicesOf(value, requestFor(null, invocation, surroundings));
};

/** The service that a script or a command makes, with the words after `--` as its arguments. */
export const specsOfScript = (script: string, invocation: Invocation, surroundings: Surroundings): SpecsReading =>
  specOfScript([script, ...invocation.rest], {}, requestFor(null, invocation, surroundings));
