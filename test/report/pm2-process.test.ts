import { describe, expect, it } from 'vitest';
import { pm2Process } from '../../src/report/pm2-process.ts';
import { aDetail, aLastExit, usualLogs, smallSpec, NOW } from '../helpers/a-listed-service.ts';

describe("PM2's shape of a service", () => {
  it('has what scripts read', () => {
    expect(pm2Process(aDetail({ lastExit: aLastExit() }))).toEqual({
      pid: 5120,
      name: 'backend',
      pm_id: 0,
      pm2_env: {
        name: 'backend',
        pm_id: 0,
        namespace: 'default',
        status: 'online',
        restart_time: 2,
        unstable_restarts: 0,
        pm_uptime: NOW - 180_000,
        created_at: NOW - 3_600_000,
        exec_mode: 'fork_mode',
        exec_interpreter: 'node',
        pm_exec_path: '/home/ada/shop/server.js',
        pm_cwd: '/home/ada/shop',
        pm_out_log_path: '/home/ada/.local/state/devdoctor/logs/backend-out.log',
        pm_err_log_path: '/home/ada/.local/state/devdoctor/logs/backend-error.log',
        instances: 1,
        autorestart: true,
        watch: false,
        exit_code: 1,
        env: { PATH: '/usr/bin', PORT: '5000', DB_PASSWORD: 'hunter2', NODE_APP_INSTANCE: '0' },
      },
      monit: { memory: 92_274_688, cpu: 0.3 },
    });
  });

  it('has PM2’s words where nothing runs', () => {
    const none = { pid: null, startedAt: null, memoryBytes: null, cpuPercent: null };
    const told = pm2Process(aDetail({ ...none, status: 'blocked', logs: usualLogs({ out: null, error: null }) }));
    expect(told).toMatchObject({
      pid: 0,
      monit: { memory: 0, cpu: 0 },
      pm2_env: {
        status: 'waiting restart',
        pm_uptime: NOW - 3_600_000,
        exit_code: null,
        pm_out_log_path: '/dev/null',
        pm_err_log_path: '/dev/null',
      },
    });
  });

  it('names the program of a script that runs by itself', () => {
    const spec = smallSpec({ interpreter: null, command: ['/opt/shop/bin/server'], script: 'bin/server' });
    expect(pm2Process(aDetail({ spec })).pm2_env).toMatchObject({
      exec_interpreter: 'none',
      pm_exec_path: '/opt/shop/bin/server',
    });
  });
});
