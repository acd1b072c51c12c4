import type { Case } from './cases.ts';
import {
  moduleServer,
  nodeServer,
  npmScript,
  otherRunner,
  pythonServer,
  pythonTrouble,
  THAI_FOLDER,
} from './subjects.ts';
import { detached, inTerminal, underProcessManager, underProgramNamed, underShell } from './ways.ts';

/** Alive or on purpose, whatever they look like. */
export const LOOK_ALIKE_VARIATIONS: readonly Case[] = [
  {
    name: 'below a shell that the first process started',
    subject: nodeServer(),
    way: underShell("the test's"),
    shape: { parentArgv: /^sh -c/, session: 'outside', streams: ['null', 'null', 'null'] },
    expected: 'not named',
    where: 'maker',
  },
  {
    name: 'below a bash that leads its session',
    subject: npmScript('node --watch server.js', THAI_FOLDER),
    way: underShell('own', 'bash'),
    shape: { argv: /^npm run dev/, parentArgv: /^bash -c/, session: 'living' },
    expected: 'not named',
    where: 'node',
  },
  {
    name: 'pnpm in an open terminal',
    subject: otherRunner('lib/node_modules/pnpm/bin/pnpm.cjs', ['run', 'dev']),
    way: inTerminal,
    shape: { argv: /pnpm\.cjs run dev$/, parentArgv: 'sh -i', session: 'living' },
    expected: 'not named',
  },
  {
    name: 'python in an open terminal',
    subject: pythonServer(),
    way: inTerminal,
    shape: { argv: /python3 -m/, parentArgv: 'sh -i', session: 'living' },
    expected: 'not named',
    trouble: pythonTrouble,
  },
  {
    name: 'a module detached on purpose',
    subject: moduleServer('worker.mjs'),
    way: detached('nowhere'),
    shape: { parent: 'first', session: 'itself' },
    expected: 'not named',
    where: 'node',
  },
  {
    name: 'npm detached on purpose, with a log file',
    subject: npmScript(),
    way: detached('log file'),
    shape: { argv: /^npm run dev/, parent: 'first', session: 'itself', streams: ['null', 'file', 'file'] },
    expected: 'not named',
  },
  {
    name: 'an app of an older process manager',
    subject: nodeServer('api.js', THAI_FOLDER),
    way: underProcessManager('PM2 v5.4.3: God Daemon (/root/.pm2)'),
    shape: { parentArgv: /^PM2 v5/ },
    expected: 'not named',
    where: 'perl',
  },
  {
    name: 'in zellij',
    subject: nodeServer(),
    way: underProgramNamed('zellij', '--server'),
    shape: { parentArgv: /zellij -c/, session: 'living' },
    expected: 'not named',
  },
];
