import type { SpecRequest } from '../../../src/supervisor/pm2/spec-request.ts';

interface Expected {
  readonly files: Readonly<Record<string, unknown>>;
  readonly request?: Partial<SpecRequest>;
  /** Of each service: its command, and what else is remarkable. */
  readonly services: readonly (readonly [command: string, more: object])[];
  readonly notices?: readonly string[];
}

/** The files of fixtures/ecosystem, what they need beside them, and what they become. */
export const FILES: Readonly<Record<string, Expected>> = {
  'next.config.js': {
    files: {},
    request: { profile: 'production' },
    services: [
      [
        'BIN/npm run start',
        {
          name: 'shop-web',
          port: 8080,
          maxMemoryBytes: 1024 ** 3,
          watch: null,
          profile: 'production',
          env: { NODE_ENV: 'production', PORT: '8080' },
        },
      ],
    ],
  },
  'nest.config.js': {
    files: { 'dist/main.js': '' },
    services: [
      [
        'NODE --max-old-space-size=1024 PROJECT/dist/main.js',
        {
          name: 'api',
          mode: 'cluster',
          instances: 4,
          port: 4000,
          waitReady: true,
          listenTimeoutMs: 10_000,
          killTimeoutMs: 5_000,
          ownVariables: ['NODE_ENV', 'PORT'],
          logs: {
            out: 'PROJECT/logs/out.log',
            error: 'PROJECT/logs/err.log',
            merged: true,
            dateFormat: 'YYYY-MM-DD HH:mm:ss Z',
          },
        },
      ],
    ],
  },
  'monorepo.config.cjs': {
    files: {
      'packages/api/package.json': {},
      'packages/web/node_modules/.bin/vite*': '#!/usr/bin/env node\n',
      'packages/worker/src/worker.ts': '',
      'node_modules/.bin/tsx*': '#!/bin/sh\n',
    },
    services: [
      [
        'BIN/pnpm run dev',
        {
          name: 'mono:api',
          namespace: 'mono',
          port: 4100,
          minUptimeMs: 10_000,
          expBackoffMs: 100,
          logs: { out: 'LOGS/mono-api-out.log', dateFormat: 'YYYY-MM-DDTHH:mm:ss' },
        },
      ],
      [
        'NODE PROJECT/packages/web/node_modules/.bin/vite --host 0.0.0.0 --port 4200',
        { cwd: 'PROJECT/packages/web', maxRestarts: 10 },
      ],
      [
        'PROJECT/node_modules/.bin/tsx PROJECT/packages/worker/src/worker.ts',
        { instances: 2, incrementVariable: 'SHARD', mode: 'fork' },
      ],
    ],
  },
  'django.config.js': {
    files: { 'backend/manage.py': '', 'backend/venv/bin/python*': '', 'backend/venv/bin/celery*': '#!/x/python\n' },
    services: [
      [
        'PROJECT/backend/venv/bin/python PROJECT/backend/manage.py runserver 0.0.0.0:8000 --noreload',
        { name: 'django', env: { PYTHONUNBUFFERED: '1', PYTHONPATH: '.' } },
      ],
      [
        'PROJECT/backend/venv/bin/celery -A shop worker -l info',
        { interpreter: null, killSignal: 'SIGTERM', killTimeoutMs: 30_000, env: { PYTHONUNBUFFERED: '1' } },
      ],
    ],
  },
  'process.json': {
    files: { 'app.js': '' },
    services: [
      [
        'NODE --harmony PROJECT/app.js',
        {
          name: 'legacy app',
          mode: 'fork',
          maxMemoryBytes: 300 * 1024 ** 2,
          logs: { out: null, error: null, merged: true },
        },
      ],
    ],
    notices: ["process.json: ignored, as only PM2's own services use it: pmx, vizion, automation"],
  },
  'workers.yaml': {
    files: { 'workers/mailer.js': '', 'workers/thumbs.js': '' },
    services: [
      [
        'NODE PROJECT/workers/mailer.js',
        { name: 'mailer', restartDelayMs: 2_000, stopExitCodes: [0, 143], env: { NODE_ENV: 'production' } },
      ],
      [
        'NODE PROJECT/workers/thumbs.js',
        { instances: 3, restartDelayMs: 2_000, env: { NODE_ENV: 'production', QUEUE: 'thumbnails' } },
      ],
    ],
  },
  'service.config.mjs': {
    files: { 'package.json': { version: '1.2.3' }, 'server.mjs': '' },
    services: [['NODE PROJECT/server.mjs', { name: 'gateway', port: 5050, env: { VERSION: '1.2.3', PORT: '5050' } }]],
  },
  'typed.config.ts': {
    files: { 'src/web.js': '', 'src/queue.js': '' },
    services: [
      ['NODE PROJECT/src/web.js', { port: 3100 }],
      ['NODE PROJECT/src/queue.js', { port: null }],
    ],
  },
  'bun.config.cjs': {
    files: { 'index.ts': '', '../home/.bun/bin/bun*': '' },
    services: [
      ['HOME/.bun/bin/bun PROJECT/index.ts', { name: 'bun-app', interpreter: 'HOME/.bun/bin/bun', mode: 'fork' }],
    ],
  },
  'deploy.config.js': {
    files: { 'index.js': '', 'service-worker/package.json': { main: 'main.mjs' }, 'service-worker/main.mjs': '' },
    services: [
      [
        'NODE PROJECT/index.js',
        {
          name: 'index',
          watch: { paths: ['PROJECT'], ignore: ['node_modules', 'logs'], delayMs: 200, polling: false },
        },
      ],
      [
        'NODE PROJECT/service-worker/main.mjs',
        { name: 'service-worker', watch: { paths: ['PROJECT/service-worker'], ignore: ['node_modules', '.*'] } },
      ],
    ],
  },
  'night.config.cjs': {
    files: { 'backup.sh': '', 'report.rb': '' },
    services: [
      ['BIN/bash PROJECT/backup.sh', { cron: '30 3 * * 1-5', autorestart: false, autostart: false }],
      ['BIN/ruby PROJECT/report.rb --to the boss --since yesterday', { cron: '@daily', autostart: true }],
    ],
  },
  'lines.config.cjs': {
    files: { 'bin/serve*': '#!/usr/bin/env node\n' },
    services: [
      ['BIN/bash -c npm run dev -- --port 3001', { name: 'dev', interpreter: 'BIN/bash' }],
      ['BIN/bash -c tail -f access.log | grep 500', { name: 'piped' }],
      ['NODE PROJECT/bin/serve dist --quiet', { name: 'built', port: 3002 }],
    ],
  },
  'camel.config.js': {
    files: { 'my app/server.js': '' },
    request: { shell: { PATH: '/bin', DEBUG: '*', LC_ALL: 'C', LANG: 'th' } },
    services: [
      [
        'NODE --enable-source-maps PROJECT/my app/server.js',
        {
          name: 'ร้านค้า 🛒',
          maxMemoryBytes: 512 * 1024 ** 2,
          shutdownWithMessage: true,
          killTimeoutMs: 3_000,
          env: { PATH: '/bin', LANG: 'th' },
          logs: {
            out: 'PROJECT/logs/out file.log',
            error: 'LOGS/ร้านค้า-🛒-error.log',
            rotation: { maxBytes: 50 * 1024 ** 2, maxAgeMs: 604_800_000, retain: 3, compress: false },
          },
        },
      ],
    ],
  },
};
