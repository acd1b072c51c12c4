import { existsSync, statSync } from 'node:fs';
import type { ProcessTable } from '../../model/process-table.ts';
import type { LastExit, ServiceDetail } from '../../model/service.ts';
import { lookAt } from '../core/look-at.ts';
import { selectServices } from '../core/select-services.ts';
import type { Home } from './home.ts';
import type { RunRecord, ServiceRecord } from './records.ts';
import { detailOf, UNMEASURED } from './row-of.ts';
import { readRunners } from './read-runners.ts';
import { launchesIn, readExit, runBase, type RecordedExit } from './run-files.ts';
import { readState } from './state-file.ts';

/** What files tell of services while no daemon runs. */
export interface OfflineServices {
  readonly services: readonly ServiceDetail[];
  readonly notices: readonly string[];
}

/** The state may be a moment older than the files of the run. */
const newestRun = (
  { id, run }: ServiceRecord,
  home: Home,
  launch: number | undefined,
  table: ProcessTable,
): RunRecord | null => {
  if (launch === undefined) return run;
  const base = runBase(home.run, id, launch);
  const { shim, main } = readRunners(base, table);
  if (run?.launch === launch) return { ...run, shim: run.shim ?? shim, main: run.main ?? main };
  return { launch, shim, main, startedAt: statSync(`${base}.pid`).mtimeMs, isOn: true };
};

const lastExitOf = ({ code, signal, at }: RecordedExit): LastExit => ({
  code,
  signal,
  at: new Date(at).toISOString(),
  rootCause: null,
  evidence: null,
  detail: {},
});

/** Nothing starts it again before a daemon runs, so what ended is told as stopped. */
const current = (record: ServiceRecord, home: Home, launch: number | undefined, table: ProcessTable): ServiceRecord => {
  const run = newestRun(record, home, launch, table);
  if (run === null) return record.status === 'errored' ? record : { ...record, status: 'stopped' };
  if (lookAt(table, run.main) !== null) {
    const status = record.status === 'launching' || record.status === 'stopping' ? record.status : 'online';
    return { ...record, status, run: { ...run, isOn: true } };
  }
  const exit = readExit(runBase(home.run, record.id, run.launch));
  const isKnown = record.run?.launch === run.launch && !record.run.isOn;
  const ended = { ...record, run: { ...run, isOn: false } };
  if (isKnown) return record.status === 'errored' ? ended : { ...ended, status: 'stopped' };
  return { ...ended, status: 'stopped', lastExit: exit === null ? record.lastExit : lastExitOf(exit) };
};

/** Tells of the services of a home from its files, each looked at in this instant. Changes nothing. */
export const readServicesOffline = (
  home: Home | null,
  targets: readonly string[] | null,
  table: ProcessTable,
  now: number,
): OfflineServices => {
  if (home === null || !existsSync(home.run)) {
    return { services: [...selectServices([], targets ?? ['all'])], notices: [] };
  }
  const { state, notices } = readState(home);
  const launches = launchesIn(home.run);
  const all = state.services.map((record) => ({
    id: record.id,
    name: record.spec.name,
    namespace: record.spec.namespace,
    configFile: record.spec.configFile,
    record,
  }));
  const services = selectServices(all, targets ?? ['all']).map(({ id, record }) =>
    detailOf(current(record, home, launches.get(id), table), UNMEASURED, now),
  );
  return { services, notices };
};
