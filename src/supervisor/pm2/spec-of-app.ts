import { dirname } from 'node:path';
import type { ServiceSpec, WatchSpec } from '../../model/service.ts';
import { environmentOf, type ServiceEnvironment } from './environment-of.ts';
import type { AppOptions, Key } from './fields/index.ts';
import { absolutePath, isFile, isFolder } from './find-program.ts';
import { logSpecOf } from './log-spec-of.ts';
import { missingPath } from './missing-path.ts';
import { shown } from './problem.ts';
import type { AppReading } from './read-app.ts';
import { resolveCommand, type ResolvedCommand } from './resolve-command.ts';
import type { SpecRequest } from './spec-request.ts';

/** One app as a service, or what is wrong with it. */
export type SpecAnswer =
  | { readonly ok: true; readonly spec: ServiceSpec; readonly notices: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The folder an app runs in: its own, counted from its file, or that of the command. */
export const cwdOf = ({ cwd }: AppOptions, { file, folder, shell }: SpecRequest): string =>
  cwd === null ? folder : absolutePath(cwd, file === null ? folder : dirname(file), shell['HOME']);

const instancesOf = (wanted: AppOptions['instances'], cpus: number): number =>
  wanted === 'max' ? cpus : wanted > 0 ? wanted : Math.max(1, cpus + wanted);

const watchOf = (options: AppOptions, cwd: string, home: string | undefined): WatchSpec | null => {
  const { watch, ignore_watch: ignored, watch_delay: delayMs, watch_options: more } = options;
  if (watch === false) return null;
  return {
    paths: watch === true ? [cwd] : watch.map((path) => absolutePath(path, cwd, home)),
    ignore: [...ignored, ...more.ignored],
    delayMs,
    polling: more.polling,
  };
};

const environmentIn = ({ options, profiles }: AppReading, { profile, shell }: SpecRequest): ServiceEnvironment => {
  const own = { ...options.env, ...(profile === null ? {} : profiles[profile]) };
  return environmentOf({ filter: options.filter_env, own, port: options.port }, shell);
};

/** Whoever starts a file from elsewhere often means paths beside the file. */
const besideFile = (script: string, { options }: AppReading, { file, folder, shell }: SpecRequest): string => {
  if (file === null || options.cwd !== null || dirname(file) === folder) return '';
  const beside = absolutePath(script, dirname(file), shell['HOME']);
  return isFile(beside) ? `; ${beside} is there: add cwd: "."` : '';
};

const commandOf = (
  script: string,
  reading: AppReading,
  { env }: ServiceEnvironment,
  request: SpecRequest,
): ResolvedCommand | readonly string[] => {
  const { options, written } = reading;
  const answer = resolveCommand(
    {
      script,
      args: options.args,
      interpreter: options.interpreter,
      interpreterArgs: options.node_args,
      sourceMaps: options.source_map_support,
    },
    {
      cwd: cwdOf(options, request),
      path: env['PATH'],
      home: env['HOME'] ?? request.shell['HOME'],
      nodePath: request.nodePath,
      nodeVersion: request.nodeVersion,
    },
  );
  if (answer.ok) return answer;
  const beside = answer.key === 'script' ? besideFile(script, reading, request) : '';
  return [`${written(answer.key)} ${shown(options[answer.key])} cannot be run: ${answer.fault}${beside}`];
};

const faultsOfPaths = ({ logs, watch }: ServiceSpec): readonly string[] => {
  const files = [logs.out, logs.error, logs.combined].filter((path) => path !== null);
  return [
    ...new Set(files.filter(isFolder).map((path) => `a log is to go to ${path}, which is a folder`)),
    ...(watch?.paths.length === 0 ? ['watch must name paths, and is an empty list'] : []),
  ];
};

const faultOfIncrement = ({ increment_var: name }: AppOptions, { env }: ServiceEnvironment): readonly string[] => {
  const value = name === null ? undefined : env[name];
  return value === undefined || /^-?\d+$/.test(value)
    ? []
    : [`increment_var names ${name}, which must be a whole number, and is ${shown(value)}`];
};

/** Without these nothing can be looked for. */
const DECISIVE: readonly Key[] = ['script', 'cwd', 'interpreter', 'env'];

/** The parts of a spec that only carry a setting over. */
const plainParts = (options: AppOptions, cpus: number) =>
  ({
    namespace: options.namespace,
    instances: instancesOf(options.instances, cpus),
    instanceVariable: options.instance_var,
    incrementVariable: options.increment_var,
    autostart: options.autostart,
    autorestart: options.autorestart,
    maxRestarts: options.max_restarts,
    minUptimeMs: options.min_uptime,
    restartDelayMs: options.restart_delay,
    expBackoffMs: options.exp_backoff_restart_delay,
    stopExitCodes: options.stop_exit_codes,
    maxMemoryBytes: options.max_memory_restart,
    killTimeoutMs: options.kill_timeout,
    killSignal: options.kill_signal,
    treeKill: options.treekill,
    shutdownWithMessage: options.shutdown_with_message,
    listenTimeoutMs: options.listen_timeout,
    waitReady: options.wait_ready,
    cron: options.cron_restart,
    uid: options.uid,
    gid: options.gid,
  }) satisfies Partial<ServiceSpec>;

const faultsOfCwd = ({ options, written }: AppReading, request: SpecRequest): readonly string[] => {
  const cwd = cwdOf(options, request);
  if (isFolder(cwd)) return [];
  return [`${written('cwd')} ${isFile(cwd) ? `${cwd} is a file` : `cannot be entered: ${missingPath(cwd)}`}`];
};

/** The parts that are told by the folder and the environment. */
const placedParts = (options: AppOptions, name: string, { env, ...rest }: ServiceEnvironment, request: SpecRequest) => {
  const cwd = cwdOf(options, request);
  const home = env['HOME'] ?? request.shell['HOME'];
  return {
    name,
    cwd,
    ...rest,
    logs: logSpecOf(options, { name, cwd, home, logsFolder: request.logsFolder }),
    watch: watchOf(options, cwd, home),
    pidFile: options.pid_file === null ? null : absolutePath(options.pid_file, cwd, home),
    configFile: request.file,
    profile: request.profile,
  } satisfies Partial<ServiceSpec>;
};

/** Makes a service of an app that was read, or tells what of it is not there. */
export const specOfApp = (reading: AppReading, name: string, request: SpecRequest): SpecAnswer => {
  const { options, refused } = reading;
  // What follows from a mistake that is told already would only hide it.
  if (options.script === null || DECISIVE.some((key) => refused.has(key))) return { ok: false, problems: [] };
  const faults = faultsOfCwd(reading, request);
  if (faults.length > 0) return { ok: false, problems: faults };
  const environment = environmentIn(reading, request);
  const resolved = commandOf(options.script, reading, environment, request);
  if (!('ok' in resolved)) return { ok: false, problems: resolved };
  const isUnfit = options.exec_mode === 'cluster' && !resolved.isNode;
  const spec: ServiceSpec = {
    ...plainParts(options, request.cpus),
    ...placedParts(options, name, environment, request),
    script: options.script,
    command: resolved.command,
    interpreter: resolved.interpreter,
    env: resolved.isPython ? { PYTHONUNBUFFERED: '1', ...environment.env } : environment.env,
    mode: isUnfit ? 'fork' : options.exec_mode,
  };
  const problems = [...faultsOfPaths(spec), ...faultOfIncrement(options, environment)];
  if (problems.length > 0) return { ok: false, problems };
  const unfit = isUnfit ? [`exec_mode "cluster" is for scripts of Node; ${options.script} runs in fork mode`] : [];
  return { ok: true, spec, notices: [...resolved.notices, ...unfit] };
};
