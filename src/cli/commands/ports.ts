import { listPorts } from '../../doctor/list-ports.ts';
import { DevdoctorError } from '../../model/error.ts';
import { choosePlatform } from '../../platform/choose.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { lookOf, printResult } from '../output.ts';

/** `ports`: what listens on this machine. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const platform = await choosePlatform(surroundings.environment);
  const reading = await listPorts(invocation.flags.has('all'), platform, Date.now());
  if (!reading.ok) throw new DevdoctorError('environment', `cannot list the listening sockets: ${reading.detail}`);
  if (invocation.flags.has('json')) printResult(toJson(reading.value));
  else
    printResult(
      (await import('../../report/pretty-ports.ts')).prettyPorts(reading.value, await lookOf(invocation, surroundings)),
    );
  return EXIT.ok;
};
