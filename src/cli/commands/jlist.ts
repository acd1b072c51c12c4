import { toJsonLine } from '../../report/json.ts';
import { pm2Process } from '../../report/pm2-process.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner } from '../invocation.ts';
import { printResult } from '../output.ts';
import { masked } from '../services/masked.ts';
import { detailsOf } from '../services/supervision.ts';

/** `jlist`: the services as JSON in PM2's shape. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const { services } = await detailsOf(surroundings, null);
  const shown = invocation.flags.has('show-secrets') ? services : services.map(masked);
  printResult(toJsonLine(shown.map(pm2Process)));
  return EXIT.ok;
};
