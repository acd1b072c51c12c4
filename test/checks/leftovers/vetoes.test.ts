import { describe, expect, it } from 'vitest';
import { vetoOn } from '../../../src/checks/leftovers/vetoes.ts';
import type { ProcessInfo } from '../../../src/model/process.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { NOW, SELF } from '../../helpers/a-snapshot.ts';
import {
  BASH,
  CLOSED_TERMINAL,
  DAY,
  HOUR,
  KEEPER,
  NULL,
  OPEN_TERMINAL,
  ROOT_PID,
  SYSTEMD,
  tracesOf,
  viewOfSituation,
  type Said,
} from './a-situation.ts';

const veto = (said: Said): string | null => vetoOn(viewOfSituation(said));

const parent = (command: string, said: Partial<ProcessInfo> = {}): ProcessInfo =>
  running(command, { pid: 41, parentPid: 1, sessionId: 41, startedAt: NOW - DAY, ...said });

const inFolder = (path: string, root: Partial<ProcessInfo> = {}): Said => ({
  root: { cwd: { path, deleted: false }, ...root },
});

const UNIT = { unit: { name: 'shop.service', scope: 'user' as const }, controlGroup: '/user.slice/shop.service' };
const KILLED_RUNNER = { environment: { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'nodemon server.js' } };
const NODEMON = { command: ['node', '/home/dev/shop/node_modules/.bin/nodemon', 'server.js'] };
const TERMINAL_OF_BASH = { terminal: 'pts/4', sessionId: 40 };

describe("what is nobody else's but a left-over", () => {
  it.each<[string, Said]>([
    ['a server below systemd', {}],
    ['a server below a program of no list', { parent: KEEPER }],
    ['a server that npm was killed over', { parent: BASH, root: KILLED_RUNNER }],
  ])('%s may be judged', (_, said) => {
    expect(veto(said)).toBeNull();
  });
});

describe('a veto', () => {
  it.each<[string, Said, string]>([
    ['it is a zombie', { root: { state: 'zombie' } }, 'it is ending'],
    ['all its members ended', { candidate: { members: [] } }, 'it is ending'],
    [
      'it is this command',
      { root: {}, others: [aProcess({ pid: SELF, parentPid: ROOT_PID })], candidate: { members: [ROOT_PID, SELF] } },
      'this command runs inside it',
    ],
    [
      'this command runs below it',
      { others: [aProcess({ pid: SELF, parentPid: ROOT_PID })] },
      'this command runs inside it',
    ],
    ['it belongs to somebody else', { root: { uid: 1001 } }, 'it belongs to another user'],
    ['nobody knows whose it is', { root: { uid: null } }, 'it belongs to another user'],
    ['tmux has it', { parent: parent('tmux new-session -d') }, '41 tmux runs it (multiplexer)'],
    ['a terminal has it', { parent: parent('/usr/bin/alacritty') }, '41 alacritty runs it (terminal)'],
    ['a login has it', { parent: parent('sshd: dev@pts/4', { name: 'sshd' }) }, '41 sshd runs it (remote login)'],
    ['an editor has it', { parent: parent('/usr/share/code/code') }, '41 code runs it (editor)'],
    ['an agent has it', { parent: parent('claude') }, '41 claude runs it (agent)'],
    [
      'PM2 has it',
      { parent: parent('PM2 v7.0.4: God Daemon (/home/dev/.pm2)', { name: 'PM2 v7.0.4: God' }) },
      '41 PM2 v7.0.4: God runs it (process manager)',
    ],
    [
      'a container has it',
      { parent: parent('/usr/bin/containerd-shim-runc-v2') },
      '41 containerd-shim runs it (container runtime)',
    ],
    ['it is tmux itself', { root: { command: ['tmux'], name: 'tmux' } }, '100 tmux runs it (multiplexer)'],
    ['it is a unit of systemd', { root: UNIT }, 'systemd-user keeps it alive as shop.service'],
    ['its terminal is open', { parent: BASH, root: TERMINAL_OF_BASH }, 'its terminal pts/4 is open'],
    ['its folder could not be read', { root: { cwd: null } }, 'its folder could not be read'],
    ['it runs in /', inFolder('/'), 'it runs in /, as daemons do'],
    [
      'it runs in /, and a project is there',
      { ...inFolder('/'), context: { projectOf: () => '/' } },
      'it runs in /, as daemons do',
    ],
    ['it runs in a folder of the system', inFolder('/usr/lib/thing'), 'it runs in /usr/lib/thing, as daemons do'],
    ['it runs in a folder of services', inFolder('/var/lib/thing'), 'it runs in /var/lib/thing, as daemons do'],
    [
      'it belongs to no project',
      inFolder('/nowhere', { command: ['node', '/opt/tool/index.js'] }),
      'it belongs to no project',
    ],
    ['nodemon keeps it', { parent: BASH, root: NODEMON }, '100 node keeps it running'],
    [
      'nodemon is above it',
      { parent: parent('node /x/node_modules/.bin/nodemon server.js') },
      '41 node keeps it running',
    ],
    [
      'a runner is in it',
      { parent: BASH, below: [aProcess({ pid: 101, parentPid: 100, ...NODEMON })] },
      '101 node keeps it running',
    ],
    ['the settings protect its program', { context: { protect: ['node'] } }, "the project's settings protect node"],
    ['the settings protect its script', { context: { protect: ['server'] } }, "the project's settings protect server"],
    [
      'the settings protect its port',
      { context: { protect: [3000] }, traces: { ports: [2999, 3000] } },
      "the project's settings protect port 3000",
    ],
    ['it is too young', { context: { minAgeMs: HOUR + 1 } }, 'it is younger than was asked for'],
  ])('%s', (_, said, because) => {
    expect(veto(said)).toContain(because);
  });
});

describe('what is no reason for a veto', () => {
  const member = (command: string): ProcessInfo =>
    running(command, { pid: 101, parentPid: 100, startedAt: NOW - HOUR });

  it.each<[string, Said]>([
    [
      'this command beside it, below the same parent',
      { parent: KEEPER, others: [aProcess({ pid: SELF, parentPid: 41 })] },
    ],
    ['another user, where users have no number', { root: { uid: 1001 }, context: { uid: null } }],
    ["a first process of a keeper's name", { parent: { ...SYSTEMD, ...running('tini -- sh', { pid: 1 }) } }],
    ['a keeper that is no ancestor', { others: [parent('tmux')] }],
    ['a unit that this command is in too', { root: UNIT, context: { selfControlGroup: UNIT.controlGroup } }],
    [
      'a terminal that was closed',
      { root: TERMINAL_OF_BASH, parent: KEEPER, others: [BASH], streams: [NULL, CLOSED_TERMINAL, NULL] },
    ],
    ['a terminal whose session ended', { root: TERMINAL_OF_BASH, streams: [NULL, OPEN_TERMINAL, NULL] }],
    [
      'a terminal whose leader is a zombie',
      { root: TERMINAL_OF_BASH, others: [{ ...BASH, state: 'zombie' }], parent: KEEPER },
    ],
    ['an open terminal of a server that was certainly handed over', { root: TERMINAL_OF_BASH, others: [BASH] }],
    ['a folder of the system with a project', { ...inFolder('/usr/src/shop'), context: { projectOf: (path) => path } }],
    ['a session without a terminal', { root: { sessionId: 40 }, others: [BASH], parent: KEEPER }],
    ['a removed folder of the system', { root: { cwd: { path: '/usr/lib/thing', deleted: true } } }],
    ['a helper over pipes in /', inFolder('/', { command: ['node', '/opt/node_modules/mcp-files/index.js'] })],
    ['a driven browser in /', inFolder('/', { command: ['/opt/chrome', '--remote-debugging-pipe'] })],
    [
      'a helper over pipes below the root in /',
      { ...inFolder('/'), below: [member('node /opt/node_modules/mcp-files/index.js')] },
    ],
    [
      'no folder, and it is a helper over pipes',
      { root: { cwd: null, command: ['esbuild', '--service=0.25.0', '--ping'] } },
    ],
    ['no project, and a script of its folder', inFolder('/nowhere', { command: ['node', 'server.js'] })],
    [
      'no project, and a script below its folder',
      inFolder('/nowhere', { command: ['node', '/nowhere/lib/server.js'] }),
    ],
    [
      'no project, and a member that works there',
      { ...inFolder('/nowhere', { command: ['node', '/opt/x.js'] }), below: [member('node x.js')] },
    ],
    [
      'a folder that only begins like one of the system',
      inFolder('/users/dev/shop', { command: ['node', 'server.js'] }),
    ],
    ['nodemon whose own runner was killed', { root: { ...NODEMON, ...KILLED_RUNNER } }],
    ['nodemon whose starter is gone', { root: NODEMON }],
    [
      'nodemon of a person that lives, and its own runner was killed',
      { parent: BASH, root: { ...NODEMON, ...KILLED_RUNNER } },
    ],
    ['settings that protect others', { context: { protect: ['postgres', 5432] }, traces: { ports: [3000] } }],
    ['an age that is just enough', { context: { minAgeMs: HOUR } }],
  ])('%s', (_, said) => {
    expect(veto(said)).toBeNull();
  });

  it('of a script beside a folder of the same beginning is none either', () => {
    const outside = inFolder('/nowhere', { command: ['node', '/nowhere-else/server.js'] });
    expect(veto(outside)).toBe('it belongs to no project');
  });

  it('counts the port of every member for the settings', () => {
    const server = member('node api.js');
    const tracesBelow = [tracesOf(server, { ports: [4000] })];
    expect(veto({ below: [server], tracesBelow, context: { protect: [4000] } })).toContain('port 4000');
  });
});
