import { join } from 'node:path';
import type { Workshop } from './a-workshop.ts';

type Picked = Readonly<Record<string, unknown>>;

/** Every key with values that it takes, and what the spec then says. */
export const GOOD: readonly (readonly [key: string, value: unknown, expected: (shop: Workshop) => Picked])[] = [
  ['name', 'a name', () => ({ name: 'a name' })],
  ['namespace', 'shop', () => ({ namespace: 'shop' })],
  ['name_prefix', 'x-', () => ({ name: 'x-web' })],
  ['append_env_to_name', true, () => ({ name: 'web' })],
  ['script', './other.js', ({ folder, node }) => ({ script: './other.js', command: [node, join(folder, 'other.js')] })],
  ['exec', 'other.js', () => ({ script: 'other.js' })],
  ['cmd', 'other.js', () => ({ script: 'other.js' })],
  ['command', 'other.js', () => ({ script: 'other.js' })],
  ['args', '--a "b c" d\\ e', ({ folder, node }) => ({ command: [node, join(folder, 'app.js'), '--a', 'b c', 'd e'] })],
  [
    'args',
    ['--port', 3000, ''],
    ({ folder, node }) => ({ command: [node, join(folder, 'app.js'), '--port', '3000', ''] }),
  ],
  [
    'interpreter',
    'python3',
    ({ folder, bin }) => ({
      interpreter: join(bin, 'python3'),
      command: [join(bin, 'python3'), join(folder, 'app.js')],
    }),
  ],
  ['exec_interpreter', 'node', ({ node }) => ({ interpreter: node })],
  [
    'node_args',
    '--inspect=0 --trace-warnings',
    ({ folder, node }) => ({ command: [node, '--inspect=0', '--trace-warnings', join(folder, 'app.js')] }),
  ],
  ['interpreter_args', ['--x'], ({ folder, node }) => ({ command: [node, '--x', join(folder, 'app.js')] })],
  [
    'source_map_support',
    true,
    ({ folder, node }) => ({ command: [node, '--enable-source-maps', join(folder, 'app.js')] }),
  ],
  ['cwd', 'sub', ({ folder, node }) => ({ cwd: join(folder, 'sub'), command: [node, join(folder, 'sub/app.js')] })],
  ['exec_mode', 'cluster', () => ({ mode: 'cluster' })],
  ['exec_mode', 'cluster_mode', () => ({ mode: 'cluster' })],
  ['exec_mode', 'fork_mode', () => ({ mode: 'fork' })],
  ['instances', 3, () => ({ instances: 3, mode: 'fork' })],
  ['instances', '2', () => ({ instances: 2 })],
  ['instances', 'max', () => ({ instances: 4 })],
  ['instances', 0, () => ({ instances: 4 })],
  ['instances', -1, () => ({ instances: 3 })],
  ['instances', -9, () => ({ instances: 1 })],
  ['uid', 'nobody', () => ({ uid: 'nobody' })],
  ['user', 'nobody', () => ({ uid: 'nobody' })],
  ['gid', 100, () => ({ gid: 100 })],
  ['windowsHide', false, () => ({})],
  ['force', true, () => ({})],
  ['autostart', false, () => ({ autostart: false })],
  ['autorestart', false, () => ({ autorestart: false })],
  ['max_restarts', 0, () => ({ maxRestarts: 0 })],
  ['min_uptime', '10s', () => ({ minUptimeMs: 10_000 })],
  ['restart_delay', 4000, () => ({ restartDelayMs: 4_000 })],
  ['restart_delay', '3000', () => ({ restartDelayMs: 3_000 })],
  ['exp_backoff_restart_delay', '500ms', () => ({ expBackoffMs: 500 })],
  ['stop_exit_codes', [0, '143'], () => ({ stopExitCodes: [0, 143] })],
  ['stop_exit_codes', 0, () => ({ stopExitCodes: [0] })],
  ['max_memory_restart', '1.5G', () => ({ maxMemoryBytes: 1.5 * 1024 ** 3 })],
  ['max_memory_restart', 300_000_000, () => ({ maxMemoryBytes: 300_000_000 })],
  ['cron_restart', '0 3 * * *', () => ({ cron: '0 3 * * *' })],
  ['cron', '*/5 * * * * *', () => ({ cron: '*/5 * * * * *' })],
  ['cron_restart', 0, () => ({ cron: null })],
  ['wait_ready', true, () => ({ waitReady: true })],
  ['listen_timeout', '1m', () => ({ listenTimeoutMs: 60_000 })],
  ['kill_timeout', '1h', () => ({ killTimeoutMs: 3_600_000 })],
  ['kill_retry_time', 50, () => ({})],
  ['kill_signal', 'TERM', () => ({ killSignal: 'SIGTERM' })],
  ['kill_signal', 'SIGQUIT', () => ({ killSignal: 'SIGQUIT' })],
  ['treekill', false, () => ({ treeKill: false })],
  ['shutdown_with_message', true, () => ({ shutdownWithMessage: true })],
  ['pid_file', 'run/web.pid', ({ folder }) => ({ pidFile: join(folder, 'run/web.pid') })],
  ['pid', '/run/web.pid', () => ({ pidFile: '/run/web.pid' })],
  [
    'env',
    { A: 1, B: true, C: 'x', D: null },
    ({ bin, home }) => ({ env: { PATH: bin, HOME: home, A: '1', B: 'true', C: 'x' }, ownVariables: ['A', 'B', 'C'] }),
  ],
  ['filter_env', ['HO'], ({ bin }) => ({ env: { PATH: bin } })],
  ['filter_env', true, ({ bin, home }) => ({ env: { PATH: bin, HOME: home } })],
  ['instance_var', 'INSTANCE', () => ({ instanceVariable: 'INSTANCE' })],
  ['increment_var', 'PORT', () => ({ incrementVariable: 'PORT' })],
  [
    'port',
    3000,
    ({ bin, home }) => ({ port: 3_000, env: { PATH: bin, HOME: home, PORT: '3000' }, ownVariables: ['PORT'] }),
  ],
  ['port', '8080', () => ({ port: 8_080 })],
];

/** The same for logs. */
export const LOGS: readonly (readonly [key: string, value: unknown, expected: (shop: Workshop) => Picked])[] = [
  ['out_file', './logs/o.log', ({ folder }) => ({ out: join(folder, 'logs/o.log') })],
  ['out', '/tmp/o.log', () => ({ out: '/tmp/o.log' })],
  ['output', 'NULL', () => ({ out: null })],
  ['out_log', '/dev/null', () => ({ out: null })],
  ['error_file', '~/e.log', ({ home }) => ({ error: join(home, 'e.log') })],
  ['error', 'e.log', ({ folder }) => ({ error: join(folder, 'e.log') })],
  ['err', 'e.log', ({ folder }) => ({ error: join(folder, 'e.log') })],
  ['err_file', 'e.log', ({ folder }) => ({ error: join(folder, 'e.log') })],
  ['err_log', 'NULL', () => ({ error: null })],
  [
    'log_file',
    'all.log',
    ({ folder, logs }) => ({
      combined: join(folder, 'all.log'),
      out: join(logs, 'web-out.log'),
      error: join(logs, 'web-error.log'),
    }),
  ],
  ['log', 'all.log', ({ folder }) => ({ combined: join(folder, 'all.log') })],
  ['merge_logs', true, () => ({ merged: true })],
  ['combine_logs', true, () => ({ merged: true })],
  ['log_date_format', 'HH:mm', () => ({ dateFormat: 'HH:mm' })],
  ['log_date_format', '', () => ({ dateFormat: null })],
  ['time', true, () => ({ dateFormat: 'YYYY-MM-DDTHH:mm:ss' })],
  ['log_type', 'json', () => ({ type: 'json' })],
  ['disable_logs', true, () => ({ out: null, error: null, combined: null })],
  ['log_rotate', false, () => ({ rotation: null })],
  ['log_rotate', true, () => ({ rotation: { maxBytes: 10_485_760, maxAgeMs: null, retain: 5, compress: true } })],
  [
    'log_rotate',
    { max_size: '1M', max_age: '7d', retain: 2, compress: false },
    () => ({ rotation: { maxBytes: 1_048_576, maxAgeMs: 604_800_000, retain: 2, compress: false } }),
  ],
];

const IGNORED = ['node_modules', '.*'];

/** Apps, and what of theirs is watched. */
export const WATCH: readonly (readonly [app: object, expected: (folder: string) => unknown])[] = [
  [{ watch: false }, () => null],
  [{ watch: true }, (folder) => ({ paths: [folder], ignore: IGNORED, delayMs: 200, polling: false })],
  [{ watch: 'src' }, (folder) => ({ paths: [join(folder, 'src')], ignore: IGNORED, delayMs: 200, polling: false })],
  [
    {
      watch: ['src', '/etc/x'],
      ignore_watch: 'tmp',
      watch_delay: '1s',
      watch_options: { usePolling: true, ignored: ['*.log'], followSymlinks: false },
    },
    (folder) => ({ paths: [join(folder, 'src'), '/etc/x'], ignore: ['tmp', '*.log'], delayMs: 1_000, polling: true }),
  ],
];
