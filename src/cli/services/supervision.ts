import { stateDirectory } from '../../config/state-directory.ts';
import { DevdoctorError } from '../../model/error.ts';
import type { SupervisorRef } from '../../model/service-results.ts';
import type { ServiceDetail } from '../../model/service.ts';
import { chooseProcessTable, supervisorTrouble } from '../../platform/choose.ts';
import { connect } from '../../supervisor/client/connect.ts';
import type { Supervisor } from '../../supervisor/client/supervisor.ts';
import type { AnswerOf, ParamsOf, RequestName } from '../../supervisor/protocol/messages.ts';
import { findHome, openHome } from '../../supervisor/state/open-home.ts';
import { readVersion } from '../../util/read-version.ts';
import { sanitize } from '../../util/sanitize.ts';
import type { Surroundings } from '../invocation.ts';
import { printAside } from '../output.ts';

/** Connects to the supervisor; `null` when none runs. Never starts one. */
export const reach = async ({ environment, packageRoot }: Surroundings): Promise<Supervisor | null> => {
  const home = findHome(stateDirectory(environment));
  return home === null ? null : connect(home, packageRoot);
};

/** Connects to the supervisor, starts one where none runs, and renews one that is older than this command. */
export const summon = async (surroundings: Surroundings): Promise<Supervisor> => {
  const { environment, packageRoot } = surroundings;
  const trouble = supervisorTrouble();
  if (trouble !== null) throw new DevdoctorError('environment', trouble, 'devdoctor check');
  const home = openHome(stateDirectory(environment), process.getuid?.() ?? null);
  const running = await connect(home, packageRoot);
  if (running?.daemonVersion === readVersion(packageRoot)) return running;
  running?.close();
  const { ensureDaemon } = await import('../../supervisor/client/ensure-daemon.ts');
  return ensureDaemon(home, packageRoot, environment, (notice) => printAside(sanitize(notice)));
};

/** What the files of a home tell of its services while no supervisor runs. */
export interface Recalled {
  readonly services: readonly ServiceDetail[];
  readonly notices: readonly string[];
}

/** Reads from files what a supervisor would tell of these services, or of all. Throws where a word names none. */
export const recall = async ({ environment }: Surroundings, targets: readonly string[] | null): Promise<Recalled> => {
  const { readServicesOffline } = await import('../../supervisor/state/read-services-offline.ts');
  const table = await chooseProcessTable(environment);
  return readServicesOffline(findHome(stateDirectory(environment)), targets, table, Date.now());
};

/** Services, and the supervisor that told of them; `null` when they were read from files. */
export interface Told extends Recalled {
  readonly supervisor: SupervisorRef | null;
}

/** Everything about some services, or about all: from the supervisor, else from its files. */
export const detailsOf = async (surroundings: Surroundings, targets: readonly string[] | null): Promise<Told> => {
  const supervisor = await reach(surroundings);
  if (supervisor === null) return { supervisor: null, ...(await recall(surroundings, targets)) };
  const { services } = await askOnce(supervisor, 'details', { targets });
  return { supervisor: refOf(supervisor), services, notices: await versionNotices(supervisor, surroundings) };
};

/** What to say where the supervisor is of another version than this command. */
export const versionNotices = async (
  supervisor: Supervisor,
  { packageRoot }: Surroundings,
): Promise<readonly string[]> => {
  if (supervisor.daemonVersion === readVersion(packageRoot)) return [];
  const { versionNotice } = await import('../../supervisor/client/ensure-daemon.ts');
  return [versionNotice(supervisor, packageRoot)].filter((notice) => notice !== null);
};

/** What is told of a supervisor. */
export const refOf = ({ daemonPid, daemonVersion }: Supervisor): SupervisorRef => ({
  pid: daemonPid,
  version: daemonVersion,
});

/** Asks one thing and hangs up. */
export const askOnce = async <N extends RequestName>(
  supervisor: Supervisor,
  name: N,
  params: ParamsOf<N>,
): Promise<AnswerOf<N>> => {
  try {
    return await supervisor.request(name, params);
  } finally {
    supervisor.close();
  }
};

/** A supervisor for services that are there; `null` where there are none, so that none need be started. */
export const summonFor = async (
  surroundings: Surroundings,
  targets: readonly string[] | null,
): Promise<Supervisor | null> => {
  const running = await reach(surroundings);
  if (running?.daemonVersion === readVersion(surroundings.packageRoot)) return running;
  running?.close();
  const isNeeded = running !== null || (await recall(surroundings, targets)).services.length > 0;
  return isNeeded ? summon(surroundings) : null;
};

/** Said where a supervisor is needed, and starting one would not help. */
export const noneRuns = (): DevdoctorError =>
  new DevdoctorError('environment', 'no supervisor runs', 'devdoctor start');
