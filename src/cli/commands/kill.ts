import { SCHEMA_VERSION } from '../../model/results.ts';
import type { KillResult } from '../../model/service-results.ts';
import { toJson } from '../../report/json.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import type { CommandRunner, Invocation, Surroundings } from '../invocation.ts';
import { lookOf, printResult } from '../output.ts';
import { askOnce, reach, recall, refOf, summon } from '../services/supervision.ts';
import { NOTHING } from '../services/act-on-targets.ts';
import { outcomesExitCode, tellNotices } from '../services/tell-outcomes.ts';

/** Services go on without their supervisor, and only a supervisor knows all that they started. */
const supervisorToEnd = async (surroundings: Surroundings): Promise<Supervisor | null> => {
  const running = await reach(surroundings);
  if (running !== null) return running;
  const { services } = await recall(surroundings, null);
  return services.some(({ pid }) => pid !== null) ? summon(surroundings) : null;
};

const tell = async (result: KillResult, invocation: Invocation, surroundings: Surroundings): Promise<void> => {
  if (invocation.flags.has('json')) {
    printResult(toJson(result));
    return;
  }
  const { prettyOutcomes } = await import('../../report/pretty-outcomes.ts');
  const { supervisor, outcomes, notices } = result;
  const look = await lookOf(invocation, surroundings);
  tellNotices(notices);
  if (outcomes.length > 0) printResult(prettyOutcomes('kill', outcomes, look));
  const end =
    supervisor === null ? 'the supervisor was not running' : `the supervisor has ended, pid ${supervisor.pid}`;
  printResult(`${look.paint.good('✔')} ${end}\n`);
};

/** `kill`: stops all services and ends the supervisor. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const supervisor = await supervisorToEnd(surroundings);
  const ended = supervisor === null ? NOTHING : await askOnce(supervisor, 'shutdown', { services: 'stop' });
  const result: KillResult = {
    schemaVersion: SCHEMA_VERSION,
    command: 'kill',
    supervisor: supervisor === null ? null : refOf(supervisor),
    ...ended,
  };
  await tell(result, invocation, surroundings);
  return outcomesExitCode(ended);
};
