import type { Case } from './cases.ts';
import { all } from './shape.ts';
import { moduleServer, nodeServer, npmScript, tmuxTrouble } from './subjects.ts';
import { asDaemon, detached, inTerminal, inTmux, underProcessManager, underShell } from './ways.ts';

const GOD = 'PM2 v7.0.4: God Daemon (/home/dev/.pm2)';

/** The kinds of the thirteen that are alive, or run on purpose, some in more than one manner. */
export const WANTED_KINDS: readonly Case[] = [
  {
    name: '1: in the foreground of an open terminal',
    subject: nodeServer(),
    way: inTerminal,
    shape: { parent: 'living', parentArgv: 'sh -i', session: 'living', streams: all('terminal') },
    expected: 'not named',
  },
  {
    name: '1: npm in the foreground of an open terminal',
    subject: npmScript(),
    way: inTerminal,
    shape: { argv: /^npm run dev/, parentArgv: 'sh -i', session: 'living' },
    expected: 'not named',
  },
  {
    name: '1: below a shell without a terminal',
    subject: nodeServer(),
    way: underShell('own'),
    shape: { parentArgv: /^sh -c/, session: 'living', streams: all('null') },
    expected: 'not named',
  },
  {
    name: '6: classic daemon',
    subject: moduleServer(),
    way: asDaemon,
    shape: { parent: 'first', session: 'ended', folder: '/', streams: all('null') },
    expected: 'not named',
  },
  {
    name: '7: detached on purpose',
    subject: nodeServer(),
    way: detached('nowhere'),
    shape: { argv: 'node server.js', parent: 'first', session: 'itself', streams: all('null') },
    expected: 'not named',
  },
  {
    name: '7: detached on purpose, with a log file',
    subject: nodeServer(),
    way: detached('log file'),
    shape: { parent: 'first', session: 'itself', streams: ['null', 'file', 'file'] },
    expected: 'not named',
  },
  {
    name: '10: in a detached tmux',
    subject: nodeServer(),
    way: inTmux(false),
    shape: { parent: 'living', streams: all('terminal') },
    expected: 'not named',
    trouble: tmuxTrouble,
  },
  {
    name: '10: typed in a detached tmux',
    subject: npmScript(),
    way: inTmux(true),
    shape: { parentArgv: 'sh -i', streams: all('terminal') },
    expected: 'not named',
    trouble: tmuxTrouble,
  },
  {
    name: '12: an app of a process manager',
    subject: nodeServer(),
    way: underProcessManager(GOD),
    shape: { parentArgv: new RegExp(`^${GOD.replace(/[()]/g, '\\$&')}`), session: 'living' },
    expected: 'not named',
  },
];
