import type { LastExit, LogSpec, ServiceSpec } from '../../src/model/service.ts';
import { logsOfInstance } from '../../src/supervisor/core/instance-logs.ts';
import { NEW_LIFECYCLE } from '../../src/supervisor/core/lifecycle.ts';
import type { ServiceRecord } from '../../src/supervisor/state/records.ts';

/** Logs of a service that has none unless told otherwise: neither files nor rotation. */
export const aLogSpec = (said: Partial<LogSpec> = {}): LogSpec => ({
  out: null,
  error: null,
  combined: null,
  dateFormat: null,
  type: 'raw',
  merged: false,
  rotation: null,
  ...said,
});

const SPEC: ServiceSpec = {
  name: 'api',
  namespace: 'default',
  script: 'server.js',
  command: [process.execPath, 'server.js'],
  interpreter: process.execPath,
  cwd: '/',
  env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
  ownVariables: [],
  mode: 'fork',
  instances: 1,
  instanceVariable: 'NODE_APP_INSTANCE',
  incrementVariable: null,
  autostart: true,
  autorestart: true,
  maxRestarts: 16,
  minUptimeMs: 1_000,
  restartDelayMs: 0,
  expBackoffMs: 0,
  stopExitCodes: [],
  maxMemoryBytes: null,
  killTimeoutMs: 1_600,
  killSignal: 'SIGINT',
  treeKill: true,
  shutdownWithMessage: false,
  listenTimeoutMs: 3_000,
  waitReady: false,
  port: null,
  logs: aLogSpec(),
  watch: null,
  cron: null,
  uid: null,
  gid: null,
  pidFile: null,
  configFile: null,
  profile: null,
};

/** A service as its configuration wants it: one Node process with every default and without logs, but for what is said. */
export const aServiceSpec = (said: Partial<ServiceSpec> = {}): ServiceSpec => ({ ...SPEC, ...said });

/** A service that was never started, but for what is said. Its log files follow from its spec and its id. */
export const aServiceRecord = (said: Partial<ServiceRecord> = {}): ServiceRecord => {
  const { id = 0, spec = aServiceSpec() } = said;
  return {
    ...NEW_LIFECYCLE,
    id,
    instance: 0,
    spec,
    logs: logsOfInstance(spec, id),
    createdAt: '2026-01-02T03:04:05.000Z',
    run: null,
    lastExit: null,
    ports: [],
    ...said,
  };
};

/** An end with exit code 1 that tells no cause, but for what is said. */
export const aLastExit = (said: Partial<LastExit> = {}): LastExit => ({
  code: 1,
  signal: null,
  at: '2026-01-02T03:04:05.000Z',
  rootCause: null,
  evidence: null,
  detail: {},
  ...said,
});
