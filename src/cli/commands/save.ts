import { DevdoctorError } from '../../model/error.ts';
import { SCHEMA_VERSION } from '../../model/results.ts';
import type { SaveResult } from '../../model/service-results.ts';
import { toJson } from '../../report/json.ts';
import { plural } from '../../util/plural.ts';
import { sanitize } from '../../util/sanitize.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';
import { askOnce, summonFor } from '../services/supervision.ts';

/** `save`: keeps the list of services for `resurrect`. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const supervisor = await summonFor(surroundings, null);
  if (supervisor === null) throw new DevdoctorError('usage', 'there are no services to save', 'devdoctor start');
  const saved = await askOnce(supervisor, 'save', {});
  const result: SaveResult = { schemaVersion: SCHEMA_VERSION, command: 'save', ...saved };
  const text = `✔ ${plural(saved.count, 'service')} saved in ${sanitize(saved.file)}\n`;
  printResult(invocation.flags.has('json') ? toJson(result) : text);
  return EXIT.ok;
};
