import type { ServiceDetail, ServiceRow } from '../../../src/model/service.ts';
import { aDetail as aListedDetail, aRow as aListedRow, smallSpec, usualLogs } from '../../helpers/a-listed-service.ts';

const MB = 1024 * 1024;

/** A service that runs and is well, but for what a test says. */
export const aRow = (over: Partial<ServiceRow> = {}): ServiceRow =>
  aListedRow({
    name: 'api',
    pid: 4242,
    uptimeMs: 3 * 3_600_000,
    restarts: 0,
    memoryBytes: 45 * MB,
    cpuPercent: 2.4,
    ports: [3000],
    ...over,
  });

/** Everything about the service of a row, whose output is thrown away. */
export const aDetail = (row: ServiceRow, over: Partial<ServiceDetail> = {}): ServiceDetail =>
  aListedDetail({
    ...row,
    spec: smallSpec({ name: row.name, script: 'server.js', cwd: '/srv/app', maxMemoryBytes: 100 * MB }),
    logs: usualLogs({ out: null, error: null, rotation: null }),
    pids: row.pid === null ? [] : [row.pid],
    ...over,
  });
