import { SCHEMA_VERSION } from '../../model/results.ts';
import type { EnvResult, ServiceEnvironment } from '../../model/service-results.ts';
import { toJson } from '../../report/json.ts';
import { sanitize } from '../../util/sanitize.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';
import { masked } from '../services/masked.ts';
import { detailsOf } from '../services/supervision.ts';

/** The longest environment that systems take. */
const LONGEST = 2_097_152;

const linesOf = ({ env }: ServiceEnvironment): readonly string[] =>
  Object.entries(env)
    .map(([name, value]) => sanitize(`${name}=${value}`, LONGEST))
    .toSorted();

const textOf = (services: readonly ServiceEnvironment[]): string => {
  const [only] = services;
  if (only !== undefined && services.length === 1)
    return linesOf(only)
      .map((line) => `${line}\n`)
      .join('');
  return services
    .map((service) => [`# ${service.id} ${sanitize(service.name)}`, ...linesOf(service), ''].join('\n'))
    .join('\n');
};

/** `env`: the variables of a service. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const { services } = await detailsOf(surroundings, invocation.positionals);
  const shown = invocation.flags.has('show-secrets') ? services : services.map(masked);
  const environments = shown.map(({ id, name, env }) => ({ id, name, env }));
  const result: EnvResult = { schemaVersion: SCHEMA_VERSION, command: 'env', services: environments };
  printResult(invocation.flags.has('json') ? toJson(result) : textOf(environments));
  return EXIT.ok;
};
