import { describe, expect, it } from 'vitest';
import { orphanProcess } from '../../../src/checks/orphan-process.ts';
import { staleProcess } from '../../../src/checks/stale-process.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { NOW } from '../../helpers/a-snapshot.ts';
import {
  BASH,
  CLOSED_TERMINAL,
  contextOf,
  factsOf,
  GONE,
  KEEPER,
  LOG_FILE,
  LONELY,
  NULL,
  OPEN_TERMINAL,
  ROOT_PID,
  stream,
  SYSTEMD,
  type Said,
} from './a-situation.ts';

type Verdict = 'offered' | 'possibly stale' | 'not named';

const verdictOn = (said: Said): Verdict => {
  const facts = { leftovers: factsOf(said) };
  const context = contextOf(said);
  const orphans = [...orphanProcess.examine(facts, context)];
  const stale = [...staleProcess.examine(facts, context)];
  expect(orphans.length + stale.length).toBeLessThanOrEqual(1);
  if (orphans.length > 0) return 'offered';
  return stale.length > 0 ? 'possibly stale' : 'not named';
};

const IDLE = { busy: false };
const SECONDS_AGO = NOW - 3_000;
const YOUNG = { startedAt: SECONDS_AGO };
const NPM_SCRIPT = { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'node server.js' };
const TERMINAL: Said['streams'] = [OPEN_TERMINAL, OPEN_TERMINAL, OPEN_TERMINAL];
const NO_TERMINAL: Said['streams'] = [CLOSED_TERMINAL, CLOSED_TERMINAL, CLOSED_TERMINAL];
const PEER_GONE: Said['streams'] = [LONELY, LONELY, LONELY];
const PIPES_GONE = stream({ kind: 'pipe', abandoned: true });
const TMUX = running('tmux new-session -d', { pid: 42, parentPid: 1, sessionId: 42, startedAt: NOW - 60_000 });
const GOD = aProcess({
  pid: 43,
  sessionId: 43,
  name: 'PM2 v7.0.4: God',
  command: ['PM2 v7.0.4: God Daemon (/home/dev/.pm2)'],
});
const PANE = { ...BASH, parentPid: 42, startedAt: NOW - 50_000 };
const SHELL = { command: ['sh', '-c', 'node server.js'], name: 'sh', environment: NPM_SCRIPT };
const SERVER = aProcess({ pid: 101, parentPid: ROOT_PID, startedAt: SECONDS_AGO, sessionId: GONE });

/** The thirteen kinds of left-behind processes and their look-alikes, as facts. */
const KINDS: readonly (readonly [string, Verdict, Said])[] = [
  [
    '1: below a living shell',
    'not named',
    { parent: BASH, root: { ...YOUNG, terminal: 'pts/4' }, streams: TERMINAL, candidate: IDLE },
  ],
  ['2: a shell sent it to the background and ended', 'possibly stale', { root: YOUNG, candidate: IDLE }],
  ['2: the same, and its session ended', 'possibly stale', { root: { ...YOUNG, sessionId: GONE }, candidate: IDLE }],
  [
    '3: npm killed, its shell left',
    'offered',
    { root: { ...YOUNG, ...SHELL, sessionId: GONE }, below: [SERVER], streams: PEER_GONE, candidate: IDLE },
  ],
  [
    '3: npm killed, in a terminal that is open',
    'offered',
    { root: { ...YOUNG, ...SHELL, terminal: null }, below: [SERVER], streams: TERMINAL },
  ],
  ['4: its parent at the other end of sockets killed', 'offered', { root: YOUNG, streams: PEER_GONE, candidate: IDLE }],
  [
    '4: the same, over pipes, in use',
    'offered',
    { root: { ...YOUNG, sessionId: GONE }, streams: [PIPES_GONE, PIPES_GONE, PIPES_GONE], traces: { clients: 1 } },
  ],
  [
    '5: its terminal closed, which it outlived',
    'offered',
    { root: { ...YOUNG, sessionId: GONE }, streams: NO_TERMINAL, candidate: IDLE },
  ],
  [
    '6: a daemon',
    'not named',
    { root: { ...YOUNG, sessionId: GONE, cwd: { path: '/', deleted: false } }, candidate: IDLE },
  ],
  ['7: detached on purpose', 'not named', { root: { ...YOUNG, sessionId: ROOT_PID }, candidate: IDLE }],
  [
    '7: the same, with a log file',
    'not named',
    { root: { ...YOUNG, sessionId: ROOT_PID }, streams: [NULL, LOG_FILE, LOG_FILE], candidate: IDLE },
  ],
  ['8: its project removed', 'offered', { root: { ...YOUNG, cwd: { path: '/home/dev/shop', deleted: true } } }],
  [
    '8: the same, detached',
    'offered',
    { root: { ...YOUNG, sessionId: ROOT_PID, cwd: { path: '/home/dev/shop', deleted: true } } },
  ],
  [
    '9: its program removed',
    'possibly stale',
    { root: { ...YOUNG, executable: { path: '/home/dev/node', deleted: true } }, candidate: IDLE },
  ],
  [
    '10: in a detached tmux',
    'not named',
    { parent: PANE, root: { ...YOUNG, terminal: 'pts/4' }, others: [TMUX], streams: TERMINAL, candidate: IDLE },
  ],
  ['11: taken over by a subreaper', 'possibly stale', { parent: KEEPER, root: YOUNG, candidate: IDLE }],
  [
    '11: the same, of another session',
    'possibly stale',
    { parent: KEEPER, root: { ...YOUNG, sessionId: GONE }, candidate: IDLE },
  ],
  ['12: under PM2', 'not named', { parent: GOD, root: { ...YOUNG, environment: { pm_id: '0' } }, candidate: IDLE }],
  [
    '13: superseded',
    'possibly stale',
    {
      root: { ...YOUNG, sessionId: GONE },
      others: [aProcess({ pid: 300, parentPid: 40, startedAt: NOW })],
      candidate: IDLE,
    },
  ],
];

describe('the thirteen kinds, seconds after they were made', () => {
  it.each(KINDS)('%s: %s', (_, verdict, said) => {
    expect(verdictOn(said)).toBe(verdict);
  });

  it('has each of the thirteen', () => {
    expect([...new Set(KINDS.map(([name]) => Number.parseInt(name, 10)))]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
  });
});

describe('helpers without a port', () => {
  const gone = (command: string): Said => ({
    root: { ...YOUNG, ...running(command, { pid: ROOT_PID, parentPid: 1 }), sessionId: 1 },
    streams: PEER_GONE,
  });

  it.each([
    'node_modules/@esbuild/linux-x64/bin/esbuild --service=0.25.0 --ping',
    'node /home/dev/.npm/_npx/1/node_modules/.bin/mcp-server-files /home/dev',
    'node /opt/typescript-language-server/cli.mjs --stdio',
    '/opt/chrome/chrome --headless --remote-debugging-pipe --user-data-dir=/x/puppeteer_dev_chrome_profile-1',
  ])('%s is offered when nobody can speak to it, and ended without a question', (command) => {
    const facts = { leftovers: factsOf(gone(command)) };
    const [orphan] = [...orphanProcess.examine(facts, contextOf({}))];
    expect(orphan?.data).toMatchObject({ decisive: true });
    expect(orphan?.remedies).toMatchObject([{ certainty: 'certain' }]);
  });

  it('are not named while their editor lives', () => {
    const said = gone('node /opt/typescript-language-server/cli.mjs --stdio');
    expect(
      verdictOn({ ...said, parent: SYSTEMD, streams: [stream({ kind: 'socket', abandoned: false }), NULL, NULL] }),
    ).toBe('not named');
  });
});
