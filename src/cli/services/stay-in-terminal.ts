import type { ActionResult } from '../../supervisor/protocol/messages.ts';
import type { Invocation, Surroundings } from '../invocation.ts';
import { followLogs } from './follow-logs.ts';
import { askOnce, reach, summon } from './supervision.ts';

/** What is to be ended with the command: the services that it started, and the supervisor if it started that too. */
export interface Stay {
  readonly result: ActionResult;
  readonly startedSupervisor: boolean;
}

const endWhatWasStarted = async ({ result, startedSupervisor }: Stay, surroundings: Surroundings): Promise<void> => {
  if (startedSupervisor) {
    const supervisor = (await reach(surroundings)) ?? (await summon(surroundings));
    await askOnce(supervisor, 'shutdown', { services: 'stop' });
    return;
  }
  const targets = result.outcomes.filter(({ outcome }) => outcome !== 'unchanged').map(({ id }) => String(id));
  if (targets.length > 0) await askOnce(await summon(surroundings), 'act', { verb: 'stop', targets, env: null });
};

/** A terminal that is closed ends the command as Ctrl-C does. */
const asInterrupt = (): void => void process.emit('SIGINT');

/** Shows the logs until Ctrl-C, and then ends what the command started. */
export const stayInTerminal = async (
  stay: Stay,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<number> => {
  process.on('SIGHUP', asInterrupt);
  try {
    return await followLogs(stay.result, invocation, surroundings);
  } finally {
    await endWhatWasStarted(stay, surroundings);
    process.off('SIGHUP', asInterrupt);
  }
};
