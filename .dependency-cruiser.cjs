/** What each room may import besides itself. The reasons stand in docs/architecture.md. */
const ROOMS = {
  util: [],
  model: ['util'],
  config: ['model', 'util'],
  programs: ['model', 'util'],
  logs: ['model', 'util'],
  platform: ['model', 'util'],
  probes: ['model', 'util', 'logs'],
  checks: ['model', 'util', 'programs'],
  plan: ['model', 'util', 'programs'],
  fixes: ['model', 'util'],
  report: ['model', 'util'],
  doctor: ['model', 'util', 'config', 'programs', 'probes', 'checks', 'plan', 'fixes'],
  cli: [
    'model',
    'util',
    'config',
    'programs',
    'checks',
    'plan',
    'doctor',
    'report',
    'platform/choose',
    'supervisor/client',
    'supervisor/state',
    'supervisor/protocol',
    'supervisor/pm2',
    'supervisor/log-view',
  ],
  'supervisor/core': ['model', 'util'],
  'supervisor/state': ['model', 'util', 'supervisor/core'],
  'supervisor/pm2': ['model', 'util', 'supervisor/core'],
  'supervisor/protocol': ['model', 'util', 'supervisor/state'],
  'supervisor/client': ['model', 'util', 'supervisor/state', 'supervisor/protocol'],
  'supervisor/log-view': ['model', 'util', 'logs', 'supervisor/core', 'supervisor/state'],
  'supervisor/daemon': [
    'model',
    'util',
    'programs',
    'logs',
    'platform/choose',
    'supervisor/core',
    'supervisor/state',
    'supervisor/protocol',
  ],
};

/** All that reading logs needs of Node: it is handed bytes, and opens nothing. */
const CORE_FOR_LOGS = ['zlib', 'util', 'module'];

const PURE = '^src/(?:model|programs|checks|plan|report)/';

const roomRule = ([room, allowed]) => ({
  name: `${room}-stays-in-its-room`,
  comment: `src/${room} may import itself${allowed.length === 0 ? '' : ` and ${allowed.join(', ')}`}, and nothing else of ours`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [room, ...allowed].map((name) => `^src/${name}(?:/|\\.ts$)`) },
});

const packageRule = (name, homes) => ({
  name: `${name}-only-at-home`,
  comment: `${name} may be imported only in ${homes.join(', ')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: homes.map((home) => `^src/${home}/`) },
  to: { path: `node_modules/${name}/` },
});

const platformRule = (name) => ({
  name: `${name}-knows-no-other-platform`,
  comment: 'the readers of two systems share only what lies beside them',
  severity: 'error',
  from: { path: `^src/platform/${name}/` },
  to: { path: '^src/platform/(?:linux|darwin|win32|packages)/', pathNot: `^src/platform/${name}/` },
});

module.exports = {
  forbidden: [
    ...Object.entries(ROOMS).map(roomRule),
    ...['linux', 'darwin', 'win32', 'packages'].map(platformRule),
    packageRule('chalk', ['report', 'cli']),
    packageRule('yargs', ['cli']),
    packageRule('prompts', ['cli']),
    packageRule('find-process', ['platform/packages']),
    packageRule('kill-port', ['platform/packages']),
    packageRule('pidusage', ['platform/packages']),
    {
      name: 'judgement-touches-nothing',
      comment: 'rooms that judge and word are pure: no process, file, socket or machine',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'logs-opens-nothing',
      comment: `src/logs reads bytes it is handed: of Node it may import ${CORE_FOR_LOGS.join(', ')}, and nothing else`,
      severity: 'error',
      from: { path: '^src/logs/' },
      to: { dependencyTypes: ['core'], pathNot: `^(?:node:)?(?:${CORE_FOR_LOGS.join('|')})$` },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle means that two files are one; loading a command lazily is none',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'tests-import-no-tests',
      comment: 'what two tests share is a helper',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
