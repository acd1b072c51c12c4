import type { ActionResult } from '../../supervisor/protocol/messages.ts';
import type { Invocation, Surroundings } from '../invocation.ts';

/** Shows the logs of services that were just started, until Ctrl-C. */
export const followLogs = async (
  { outcomes }: ActionResult,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<number> => {
  const { run } = await import('../commands/logs.ts');
  const positionals = outcomes.map(({ id }) => String(id));
  return run({ ...invocation, command: 'logs', positionals, values: {}, rest: [] }, surroundings);
};
