/** A service in the shape that `pm2 jlist` has, for scripts that read it. Names and meanings are PM2's. */
export interface Pm2Process {
  /** 0 while nothing runs. */
  readonly pid: number;
  readonly name: string;
  readonly pm_id: number;
  readonly pm2_env: Pm2Environment;
  readonly monit: {
    /** Bytes of the whole tree. */
    readonly memory: number;
    /** Of one core. */
    readonly cpu: number;
  };
}

/** What PM2 keeps beside a process. */
export interface Pm2Environment {
  readonly name: string;
  readonly pm_id: number;
  readonly namespace: string;
  readonly status: 'online' | 'launching' | 'stopping' | 'stopped' | 'errored' | 'waiting restart';
  readonly restart_time: number;
  readonly unstable_restarts: number;
  /** When it was last started, in milliseconds since the epoch. */
  readonly pm_uptime: number;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
  readonly exec_mode: 'fork_mode' | 'cluster_mode';
  readonly exec_interpreter: string;
  readonly pm_exec_path: string;
  readonly pm_cwd: string;
  /** `/dev/null` where the output is thrown away. */
  readonly pm_out_log_path: string;
  readonly pm_err_log_path: string;
  readonly instances: number;
  readonly autorestart: boolean;
  readonly watch: boolean;
  /** `null` before the first end, and when a signal ended it. */
  readonly exit_code: number | null;
  readonly env: Readonly<Record<string, string>>;
}
