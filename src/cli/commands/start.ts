import type { ActionResult } from '../../supervisor/protocol/messages.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import type { CommandRunner, Invocation, Surroundings } from '../invocation.ts';
import { NOTHING } from '../services/act-on-targets.ts';
import { gather, type Gathered } from '../services/gather.ts';
import { joinResults } from '../services/join-results.ts';
import { shellVariables } from '../services/shell-variables.ts';
import { followLogs } from '../services/follow-logs.ts';
import { reach, summon, summonFor } from '../services/supervision.ts';
import { tellOutcomes } from '../services/tell-outcomes.ts';

const startAll = async (
  supervisor: Supervisor,
  { specs, targets, notices }: Gathered,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<ActionResult> => {
  const verb = invocation.flags.has('force') ? 'restart' : 'start';
  const applied = specs.length === 0 ? NOTHING : await supervisor.request('apply', { specs, verb, prune: null });
  const env = shellVariables(invocation, surroundings);
  const acted = targets.length === 0 ? NOTHING : await supervisor.request('act', { verb, targets, env });
  return joinResults([applied, acted], notices);
};

/** Whether a supervisor is there already, for a command that ends what it starts. */
const isSupervised = async (surroundings: Surroundings): Promise<boolean> => {
  const running = await reach(surroundings);
  running?.close();
  return running !== null;
};

const stayOn = async (
  result: ActionResult,
  startedSupervisor: boolean,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<number> => {
  if (!invocation.flags.has('no-daemon')) return followLogs(result, invocation, surroundings);
  const { stayInTerminal } = await import('../services/stay-in-terminal.ts');
  return stayInTerminal({ result, startedSupervisor }, invocation, surroundings);
};

/** `start`: starts services and keeps them up. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const gathered = await gather(invocation, surroundings);
  const { specs, targets } = gathered;
  const stays = invocation.flags.has('attach') || invocation.flags.has('no-daemon');
  const startedSupervisor = stays && !(await isSupervised(surroundings));
  const supervisor = specs.length > 0 ? await summon(surroundings) : await summonFor(surroundings, targets);
  try {
    const result = supervisor === null ? NOTHING : await startAll(supervisor, gathered, invocation, surroundings);
    const code = await tellOutcomes('start', result, supervisor, invocation, surroundings);
    if (!stays || result.outcomes.length === 0) return code;
    return Math.max(code, await stayOn(result, startedSupervisor, invocation, surroundings));
  } finally {
    supervisor?.close();
  }
};
