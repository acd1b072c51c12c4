import { SCHEMA_VERSION } from '../../model/results.ts';
import type { ListResult } from '../../model/service-results.ts';
import type { ServiceDetail, ServiceRow } from '../../model/service.ts';
import { toJson } from '../../report/json.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRunner, Surroundings } from '../invocation.ts';
import { lookOf, printResult } from '../output.ts';
import { askOnce, reach, recall, refOf, versionNotices } from '../services/supervision.ts';
import { tellFromFiles, tellNotices } from '../services/tell-outcomes.ts';

/** A row has less than what the files tell. */
const rowOf = ({
  spec: _spec,
  instance: _instance,
  env: _env,
  logs: _logs,
  startedAt: _startedAt,
  pids: _pids,
  ...row
}: ServiceDetail): ServiceRow => row;

const listOf = async (surroundings: Surroundings): Promise<ListResult> => {
  const head = { schemaVersion: SCHEMA_VERSION, command: 'list' } as const;
  const supervisor = await reach(surroundings);
  if (supervisor === null) {
    const { services, notices } = await recall(surroundings, null);
    return { ...head, supervisor, services: services.map(rowOf), notices };
  }
  const { services, notices } = await askOnce(supervisor, 'list', {});
  const told = [...notices, ...(await versionNotices(supervisor, surroundings))];
  return { ...head, supervisor: refOf(supervisor), services, notices: told };
};

/** `list`: the services, and how each is. */
export const run: CommandRunner = async (invocation, surroundings) => {
  const result = await listOf(surroundings);
  if (invocation.flags.has('json')) {
    printResult(toJson(result));
    return EXIT.ok;
  }
  const { prettyList } = await import('../../report/pretty-list.ts');
  tellNotices(result.notices);
  printResult(prettyList(result, await lookOf(invocation, surroundings), Date.now()));
  tellFromFiles(result);
  return EXIT.ok;
};
