import type { ServiceDetail, ServiceRow } from '../../model/service.ts';
import { describeGivingUp } from './describe-service.ts';
import { instanceEnvironment } from './instance-environment.ts';
import type { ServiceRecord } from './records.ts';

/** What was measured of a running service. */
export interface Measured {
  readonly memoryBytes: number | null;
  readonly cpuPercent: number | null;
  /** `null` where nobody looked: those that it had when it became ready are told. */
  readonly ports: readonly number[] | null;
  readonly pids: readonly number[];
}

/** Nothing was measured. */
export const UNMEASURED: Measured = { memoryBytes: null, cpuPercent: null, ports: null, pids: [] };

const LIVING = new Set(['online', 'launching', 'stopping']);

type Live = Pick<ServiceRow, 'pid' | 'uptimeMs' | 'memoryBytes' | 'cpuPercent' | 'ports'>;

const NOTHING_RUNS: Live = { pid: null, uptimeMs: null, memoryBytes: null, cpuPercent: null, ports: [] };

const liveOf = ({ run, status, ports }: ServiceRecord, measured: Measured, now: number): Live => {
  if (run === null || !run.isOn || !LIVING.has(status)) return NOTHING_RUNS;
  const { memoryBytes, cpuPercent } = measured;
  return {
    pid: run.main?.pid ?? null,
    uptimeMs: Math.max(0, now - run.startedAt),
    memoryBytes,
    cpuPercent,
    ports: measured.ports ?? ports,
  };
};

/** The row that `list` shows of a service. */
export const rowOf = (record: ServiceRecord, measured: Measured, now: number): ServiceRow => {
  const { id, spec, status, restarts, unstableRestarts, createdAt, lastExit, blockedBy } = record;
  return {
    id,
    name: spec.name,
    namespace: spec.namespace,
    mode: 'fork',
    status,
    ...liveOf(record, measured, now),
    restarts,
    unstableRestarts,
    createdAt,
    instances: 1,
    lastExit,
    blockedBy: status === 'blocked' ? blockedBy : null,
    reason: status === 'errored' ? describeGivingUp(record) : null,
  };
};

/** Everything about a service. */
export const detailOf = (record: ServiceRecord, measured: Measured, now: number): ServiceDetail => {
  const { spec, instance, logs, run } = record;
  const row = rowOf(record, measured, now);
  return {
    ...row,
    spec,
    instance,
    env: instanceEnvironment(spec, instance),
    logs,
    startedAt: row.pid === null ? null : (run?.startedAt ?? null),
    pids: row.pid === null ? [] : measured.pids,
  };
};
