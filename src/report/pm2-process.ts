import type { Pm2Environment, Pm2Process } from '../model/pm2-process.ts';
import type { ServiceDetail, ServiceSpec } from '../model/service.ts';

const THROWN_AWAY = '/dev/null';

const fileName = (path: string): string => path.replace(/^.*[\\/](?=.)/, '');

/** The script among the words that are run; the program where nothing interprets it. */
const scriptOf = ({ command, interpreter, script }: ServiceSpec): string => {
  const [program, ...words] = command;
  if (interpreter === null) return program;
  return words.find((word) => fileName(word) === fileName(script)) ?? program;
};

const environmentOf = (service: ServiceDetail): Pm2Environment => {
  const { id, name, namespace, spec, logs, status, startedAt, lastExit } = service;
  const createdAt = Date.parse(service.createdAt);
  return {
    name,
    pm_id: id,
    namespace,
    status: status === 'blocked' ? 'waiting restart' : status,
    restart_time: service.restarts,
    unstable_restarts: service.unstableRestarts,
    pm_uptime: startedAt ?? createdAt,
    created_at: createdAt,
    exec_mode: service.mode === 'cluster' ? 'cluster_mode' : 'fork_mode',
    exec_interpreter: spec.interpreter === null ? 'none' : fileName(spec.interpreter),
    pm_exec_path: scriptOf(spec),
    pm_cwd: spec.cwd,
    pm_out_log_path: logs.out ?? THROWN_AWAY,
    pm_err_log_path: logs.error ?? THROWN_AWAY,
    instances: spec.instances,
    autorestart: spec.autorestart,
    watch: spec.watch !== null,
    exit_code: lastExit?.code ?? null,
    env: service.env,
  };
};

/** A service in the shape that PM2 gives it. */
export const pm2Process = (service: ServiceDetail): Pm2Process => ({
  pid: service.pid ?? 0,
  name: service.name,
  pm_id: service.id,
  pm2_env: environmentOf(service),
  monit: { memory: service.memoryBytes ?? 0, cpu: service.cpuPercent ?? 0 },
});
