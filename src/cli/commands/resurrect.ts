import type { CommandRunner } from '../invocation.ts';
import { summon } from '../services/supervision.ts';
import { tellOutcomes } from '../services/tell-outcomes.ts';

/** `resurrect`: starts the services that were saved. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const supervisor = await summon(surroundings);
  try {
    const result = await supervisor.request('resurrect', {});
    return await tellOutcomes('resurrect', result, supervisor, invocation, surroundings);
  } finally {
    supervisor.close();
  }
};
