import { environmentOf } from '../../supervisor/pm2/environment-of.ts';
import type { Invocation, Surroundings } from '../invocation.ts';

/** This shell's variables for services that are to get them anew; `null` where nobody asked for that. */
export const shellVariables = (
  { flags }: Invocation,
  { environment }: Surroundings,
): Readonly<Record<string, string>> | null =>
  flags.has('update-env') ? environmentOf({ filter: false, own: {}, port: null }, environment).env : null;
