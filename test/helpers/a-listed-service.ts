import type { LastExit, LogSpec, ServiceDetail, ServiceRow, ServiceSpec } from '../../src/model/service.ts';

/** The instant of every example. */
export const NOW: number = Date.UTC(2026, 10, 22, 21);

/** How a run ended four minutes ago. */
export const aLastExit = (fields: Partial<LastExit> = {}): LastExit => ({
  code: 1,
  signal: null,
  at: new Date(NOW - 240_000).toISOString(),
  rootCause: 'MODULE_NOT_FOUND',
  evidence: "Error: Cannot find module './routes'",
  detail: { module: './routes' },
  ...fields,
});

/** A service that runs, as `list` has it. */
export const aRow = (fields: Partial<ServiceRow> = {}): ServiceRow => ({
  id: 0,
  name: 'backend',
  namespace: 'default',
  mode: 'fork',
  status: 'online',
  pid: 5120,
  uptimeMs: 180_000,
  restarts: 2,
  unstableRestarts: 0,
  memoryBytes: 92_274_688,
  cpuPercent: 0.3,
  ports: [5000],
  createdAt: new Date(NOW - 3_600_000).toISOString(),
  instances: 1,
  lastExit: null,
  blockedBy: null,
  reason: null,
  ...fields,
});

/** Logs at their usual places. */
export const usualLogs = (fields: Partial<LogSpec> = {}): LogSpec => ({
  out: '/home/ada/.local/state/devdoctor/logs/backend-out.log',
  error: '/home/ada/.local/state/devdoctor/logs/backend-error.log',
  combined: null,
  dateFormat: null,
  type: 'raw',
  merged: false,
  rotation: { maxBytes: 10_485_760, maxAgeMs: null, retain: 5, compress: true },
  ...fields,
});

/** What a small configuration wants. */
export const smallSpec = (fields: Partial<ServiceSpec> = {}): ServiceSpec => ({
  name: 'backend',
  namespace: 'default',
  script: './server.js',
  command: ['/usr/bin/node', '/home/ada/shop/server.js', '--port', '5000'],
  interpreter: '/usr/bin/node',
  cwd: '/home/ada/shop',
  env: { PATH: '/usr/bin', PORT: '5000', DB_PASSWORD: 'hunter2' },
  ownVariables: ['PORT', 'DB_PASSWORD'],
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
  maxMemoryBytes: 314_572_800,
  killTimeoutMs: 1_600,
  killSignal: 'SIGINT',
  treeKill: true,
  shutdownWithMessage: false,
  listenTimeoutMs: 3_000,
  waitReady: false,
  port: 5000,
  logs: usualLogs(),
  watch: null,
  cron: null,
  uid: null,
  gid: null,
  pidFile: null,
  configFile: '/home/ada/shop/ecosystem.config.js',
  profile: null,
  ...fields,
});

/** Everything about that service. */
export const aDetail = (fields: Partial<ServiceDetail> = {}): ServiceDetail => {
  const spec = fields.spec ?? smallSpec();
  return {
    ...aRow(),
    spec,
    instance: 0,
    env: { ...spec.env, NODE_APP_INSTANCE: '0' },
    logs: spec.logs,
    startedAt: NOW - 180_000,
    pids: [5120, 5133],
    ...fields,
  };
};
