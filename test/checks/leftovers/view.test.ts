import { describe, expect, it } from 'vitest';
import { tracesOf, viewOf, workersOf } from '../../../src/checks/leftovers/view.ts';
import { tableOf } from '../../../src/programs/lineage.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { NOW } from '../../helpers/a-snapshot.ts';
import {
  BASH,
  contextOf,
  DAY,
  factsOf,
  GONE,
  HEARD,
  HOUR,
  KEEPER,
  LOG_FILE,
  LONELY,
  NULL,
  OPEN_TERMINAL,
  ROOT_PID,
  stream,
  SYSTEMD,
  viewOfSituation,
  type Said,
} from './a-situation.ts';

const CLOSED = stream({ kind: 'closed' });
const FIRST = running('/sbin/first', { pid: 1, parentPid: 0, uid: 0, sessionId: 1, startedAt: NOW - 30 * DAY });
const IPC = { environmentNames: ['PATH', 'NODE_CHANNEL_FD'] };

describe('how a tree stands to its parent', () => {
  it.each<[string, Said, 'adopted' | 'untied' | 'tied']>([
    ['systemd has it', {}, 'adopted'],
    ['the systemd of the user has it', { parent: { ...SYSTEMD, pid: 900, uid: 1000 } }, 'adopted'],
    [
      'a subreaper for containers has it',
      { parent: running('/sbin/docker-init', { pid: 900, sessionId: 1 }) },
      'adopted',
    ],
    ['an older parent of another session has it', { parent: KEEPER, root: { sessionId: GONE } }, 'adopted'],
    ['a parent of the same session that is younger', { parent: { ...KEEPER, startedAt: NOW } }, 'adopted'],
    [
      'a first process that adopts nobody, and its session ended',
      { parent: FIRST, root: { sessionId: GONE } },
      'adopted',
    ],
    ['such a first process, and streams to nowhere', { parent: FIRST }, 'untied'],
    ['such a first process that is a shell', { parent: { ...FIRST, ...running('sh -c x', { pid: 1 }) } }, 'untied'],
    ['a shell started it', { parent: BASH }, 'tied'],
    ['npm started it', { parent: running('npm run dev', { pid: 41, sessionId: 41 }) }, 'tied'],
    [
      'a program that starts others is what it is called',
      { parent: running('tmux', { pid: 41, sessionId: 41 }) },
      'tied',
    ],
    ['a program of no list, and streams to nowhere', { parent: KEEPER }, 'untied'],
    ['the same, with no input at all', { parent: KEEPER, streams: [CLOSED, NULL, NULL] }, 'untied'],
    ['the same, with an input that nobody serves', { parent: KEEPER, streams: [LONELY, NULL, NULL] }, 'untied'],
    ['the same, with a terminal for an input', { parent: KEEPER, streams: [OPEN_TERMINAL, NULL, NULL] }, 'tied'],
    ['the same, with a file for an input', { parent: KEEPER, streams: [LOG_FILE, NULL, NULL] }, 'tied'],
    ['the same, and somebody reads its output', { parent: KEEPER, streams: [NULL, HEARD, NULL] }, 'tied'],
    [
      'the same, over a pipe',
      { parent: KEEPER, streams: [NULL, NULL, stream({ kind: 'pipe', abandoned: false })] },
      'tied',
    ],
    [
      'the same, over a pipe that its parent has of somebody else',
      { parent: KEEPER, streams: [NULL, stream({ kind: 'pipe', abandoned: false, inherited: true }), NULL] },
      'untied',
    ],
    ['the same, and nobody is at two of its ends', { parent: KEEPER, streams: [LONELY, LONELY, NULL] }, 'adopted'],
    [
      'the same, and nobody is at one end below a first process',
      { parent: FIRST, streams: [LONELY, NULL, NULL] },
      'adopted',
    ],
    [
      'the same, in a folder that was removed',
      { parent: KEEPER, root: { cwd: { path: '/x', deleted: true } } },
      'untied',
    ],
    [
      'a first process has it, in a folder that was removed',
      { parent: FIRST, root: { cwd: { path: '/x', deleted: true } } },
      'adopted',
    ],
    [
      'a shell below a program of no list',
      { parent: KEEPER, root: { command: ['sh', '-c', 'x'], name: 'sh' } },
      'tied',
    ],
    [
      'a shell in a removed folder',
      { parent: KEEPER, root: { command: ['sh', '-c', 'x'], name: 'sh', cwd: { path: '/x', deleted: true } } },
      'tied',
    ],
    [
      'a removed folder below the shell of a person',
      { parent: BASH, root: { cwd: { path: '/x', deleted: true } } },
      'tied',
    ],
    ['a channel of node to its children', { parent: KEEPER, root: IPC }, 'tied'],
    ['its streams could not be read', { parent: KEEPER, streams: null }, 'tied'],
  ])('%s: it is %s', (_, said, origin) => {
    expect(viewOfSituation(said).origin).toBe(origin);
  });

  it('is tied where the parent is not known', () => {
    const facts = factsOf({});
    const [candidate] = facts.candidates;
    const alone = { ...facts, processes: facts.processes.filter(({ pid }) => pid === ROOT_PID) };
    const view = candidate && viewOf(candidate, alone, tableOf(alone.processes), contextOf({}));
    expect(view).toMatchObject({ origin: 'tied', parent: null, ancestors: [] });
  });
});

const script = (text: string) => ({ npm_lifecycle_event: 'dev', npm_lifecycle_script: text });
const NPM = running('npm run dev', { pid: 41, sessionId: 41, startedAt: NOW - DAY });

describe('a script without its runner', () => {
  it.each<[string, Said, string | null]>([
    ['the server itself', { root: { environment: script('PORT=1 node server.js') } }, 'dev'],
    [
      'its shell',
      { root: { command: ['sh', '-c', 'vite build'], name: 'sh', environment: script('vite build') } },
      'dev',
    ],
    [
      'a tool of node_modules',
      { root: { command: ['node', '/home/dev/shop/node_modules/.bin/vite'], environment: script('vite --host') } },
      'dev',
    ],
    ['a tool named by its path', { root: { environment: script('./bin/node server.js') } }, 'dev'],
    ['something that the script does not name', { root: { environment: script('vite --host') } }, null],
    ['its interpreter alone', { root: { environment: script('node other.js') } }, null],
    ['below its runner', { parent: NPM, root: { environment: script('node server.js') } }, null],
    ['without the script', { root: { environment: { npm_lifecycle_event: 'dev' } } }, null],
    ['without the event', { root: { environment: { npm_lifecycle_script: 'node server.js' } } }, null],
    ['a leader of its own session', { root: { sessionId: ROOT_PID, environment: script('node server.js') } }, null],
    ['put to the background by the script', { root: { environment: script('node server.js &') } }, null],
    ['put to the background, and on it went', { root: { environment: script('node server.js & vite') } }, null],
    ['two in a row', { root: { environment: script('tsc && node server.js') } }, 'dev'],
    ['both outputs to one file', { root: { environment: script('node server.js >& all.log') } }, 'dev'],
    ['one output to the other', { root: { environment: script('node server.js 2>&1') } }, 'dev'],
    ['nohup', { root: { environment: script('nohup node server.js') } }, null],
    ['setsid', { root: { environment: script('setsid node server.js') } }, null],
    ['disown', { root: { environment: script('node server.js; disown') } }, null],
    ['start-stop-daemon', { root: { environment: script('start-stop-daemon node') } }, null],
    ['variables that could not be read', { root: { environment: null } }, null],
  ])('%s: %s', (_, said, event) => {
    expect(viewOfSituation(said).runnerlessScript).toBe(event);
  });

  it('was certainly not started by the parent it has', () => {
    const said: Said = { parent: BASH, root: { environment: script('node server.js') } };
    expect(viewOfSituation(said)).toMatchObject({ runnerlessScript: 'dev', origin: 'adopted' });
  });
});

describe('a view', () => {
  const server = running('node api.js', { pid: 102, parentPid: 101 });
  const shell = running('sh -c x', { pid: 101, parentPid: ROOT_PID });
  const said: Said = {
    parent: BASH,
    root: { command: ['npm run dev'], name: 'npm run dev' },
    below: [shell, server],
    candidate: { members: [ROOT_PID, 101, 102, 666] },
  };

  it('has the members that still are there, root first, and the ancestors, nearest first', () => {
    const view = viewOfSituation(said);
    expect(view.members.map(({ pid }) => pid)).toEqual([ROOT_PID, 101, 102]);
    expect(view.ancestors.map(({ pid }) => pid)).toEqual([40, 1]);
    expect(view.parent?.pid).toBe(40);
  });

  it('counts as workers what does the work', () => {
    expect(workersOf(viewOfSituation(said)).map(({ pid }) => pid)).toEqual([102]);
  });

  it('finds what was seen of a member, and nothing of one that vanished', () => {
    const view = viewOfSituation(said);
    expect(tracesOf(view, view.root)?.streams).toEqual([NULL, NULL, NULL]);
    expect(tracesOf(view, aProcess({ pid: 102 }))).toBeNull();
  });

  it('has the streams of the root, and none where they could not be read', () => {
    expect(viewOfSituation({ streams: [LONELY, NULL, LOG_FILE] }).streams).toEqual([LONELY, NULL, LOG_FILE]);
    expect(viewOfSituation({ streams: null }).streams).toEqual([]);
  });

  it('is none where the root ended meanwhile', () => {
    const facts = factsOf({ parent: BASH, root: { startedAt: NOW - HOUR } });
    const rest = facts.processes.filter(({ pid }) => pid !== ROOT_PID);
    const [candidate] = facts.candidates;
    expect(candidate && viewOf(candidate, facts, tableOf(rest), contextOf({}))).toBeNull();
  });
});
