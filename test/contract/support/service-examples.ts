import { SCHEMA_VERSION } from '../../../src/model/results.ts';
import type {
  ActionCommand,
  ActionReport,
  EnvResult,
  KillResult,
  ListResult,
  PidResult,
  PingResult,
  SaveResult,
  ServiceOutcome,
  ShowResult,
} from '../../../src/model/service-results.ts';
import { pm2Process } from '../../../src/report/pm2-process.ts';
import { aDetail, aLastExit, aRow, smallSpec, usualLogs } from '../../helpers/a-listed-service.ts';

const SUPERVISOR = { pid: 28_420, version: '0.1.0' };

const OUTCOME: ServiceOutcome = {
  id: 0,
  name: 'backend',
  outcome: 'failed',
  status: 'blocked',
  pid: null,
  detail: 'port 5000 is held by 812 node server.js',
  hint: 'devdoctor fix --port 5000',
};

const head = <C extends string>(
  command: C,
): { readonly schemaVersion: typeof SCHEMA_VERSION; readonly command: C } => ({
  schemaVersion: SCHEMA_VERSION,
  command,
});

const action = (command: ActionCommand): ActionReport => ({
  ...head(command),
  outcomes: [OUTCOME, { ...OUTCOME, outcome: 'done', status: 'online', pid: 4, detail: null, hint: null }],
  notices: ['a word'],
});

/** A service with everything in it that a service can have. */
const FULL = aDetail({
  lastExit: aLastExit(),
  blockedBy: { port: 5000, holder: '812 node', pid: 812 },
  reason: 'given up',
  spec: smallSpec({
    watch: { paths: ['/srv'], ignore: ['node_modules'], delayMs: 200, polling: false },
    logs: usualLogs({ rotation: { maxBytes: 1, maxAgeMs: 1, retain: 1, compress: false } }),
    uid: 'ada',
    gid: 1000,
    cron: '0 3 * * *',
    stopExitCodes: [0],
  }),
});

/** A service of which hardly anything is known. */
const BARE = aDetail({
  pid: null,
  uptimeMs: null,
  memoryBytes: null,
  cpuPercent: null,
  ports: [],
  startedAt: null,
  pids: [],
  status: 'stopped',
  spec: smallSpec({ interpreter: null, maxMemoryBytes: null, port: null, configFile: null }),
  logs: usualLogs({ out: null, error: null, rotation: null }),
});

const ACTIONS: readonly ActionCommand[] = [
  'start',
  'stop',
  'restart',
  'delete',
  'scale',
  'reset',
  'send-signal',
  'flush',
  'resurrect',
];

const LIST: ListResult = {
  ...head('list'),
  supervisor: SUPERVISOR,
  services: [aRow({ lastExit: aLastExit(), blockedBy: { port: 1, holder: 'x', pid: 2 } })],
  notices: ['a word'],
};
const SHOW: ShowResult = { ...head('show'), supervisor: SUPERVISOR, services: [FULL, BARE], notices: ['a word'] };
const ENV: EnvResult = { ...head('env'), services: [{ id: 0, name: 'backend', env: { PORT: '5000' } }] };
const PID: PidResult = { ...head('pid'), services: [{ id: 0, name: 'backend', pid: 1 }] };
const PING: PingResult = { ...head('ping'), ...SUPERVISOR, uptimeMs: 5 };
const SAVE: SaveResult = { ...head('save'), file: '/home/ada/saved.json', count: 2 };
const KILL: KillResult = { ...head('kill'), supervisor: SUPERVISOR, outcomes: [OUTCOME], notices: ['a word'] };

/** A result of each command about services, by the name of its schema. */
export const SERVICE_RESULTS: readonly (readonly [schema: string, result: unknown])[] = [
  ...ACTIONS.map((command) => [command, action(command)] as const),
  ['list', LIST],
  ['show', SHOW],
  ['env', ENV],
  ['pid', PID],
  ['ping', PING],
  ['save', SAVE],
  ['kill', KILL],
  ['jlist', [FULL, BARE].map(pm2Process)],
];

/** Results that say that there is nothing. */
export const EMPTY_RESULTS: readonly (readonly [schema: string, result: unknown])[] = [
  ...ACTIONS.map((command) => [command, { ...action(command), outcomes: [], notices: [] }] as const),
  ['list', { ...LIST, supervisor: null, services: [] }],
  ['show', { ...SHOW, supervisor: null, services: [] }],
  ['env', { ...ENV, services: [] }],
  ['pid', { ...PID, services: [{ id: 0, name: 'backend', pid: null }] }],
  ['kill', { ...KILL, supervisor: null, outcomes: [] }],
  ['jlist', []],
];
