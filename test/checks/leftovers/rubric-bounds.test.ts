import { describe, expect, it } from 'vitest';
import { aProcess } from '../../helpers/a-process.ts';
import { NOW } from '../../helpers/a-snapshot.ts';
import {
  BASH,
  CLOSED_TERMINAL,
  GONE,
  HEARD,
  HOUR,
  KEEPER,
  LONELY,
  NULL,
  OPEN_TERMINAL,
  stream,
  type Said,
} from './a-situation.ts';
import { MCP, on, SCRIPT, seen, WANTED } from './what-the-rubric-sees.ts';

const BROWSER: Said = { root: { command: ['/opt/chrome', '--remote-debugging-pipe'] } };
const PROFILE = ['/opt/chrome', '--user-data-dir=/x/puppeteer_dev_chrome_profile-1'];

describe('a removed folder', () => {
  it('takes away what a session of its own speaks for', () => {
    const root = { sessionId: 100, cwd: { path: '/home/dev/shop', deleted: true } };
    expect(on('own-session', { root })).toBe(false);
  });
});

describe('a browser that a test drives', () => {
  it.each([BROWSER.root?.command ?? [], PROFILE])(
    'has a session of its own that speaks for nobody: %s',
    (...command) => {
      expect(on('own-session', { ...WANTED, root: { command, sessionId: 100 } })).toBe(false);
    },
  );
});

describe('a terminal, an input and an output that are gone', () => {
  it.each<[string, string, Said, boolean]>([
    [
      'mute-speaker',
      'of a program whose parent lives',
      { parent: BASH, root: { command: MCP.command }, streams: [LONELY, NULL, NULL] },
      false,
    ],
    [
      'mute-speaker',
      'of a program that still has somebody',
      { root: { command: MCP.command }, streams: [HEARD, NULL, NULL] },
      false,
    ],
    ['mute-speaker', 'of a program that is no speaker', { streams: [LONELY, NULL, NULL] }, false],
    ['mute-speaker', 'at its output only', { root: { command: MCP.command }, streams: [HEARD, LONELY, LONELY] }, false],
    [
      'mute-speaker',
      'of a program whose streams could not be read',
      { root: { command: MCP.command }, streams: null },
      false,
    ],
    [
      'mute-speaker',
      'of a driven browser, whose pipe is another',
      { ...BROWSER, streams: [LONELY, NULL, NULL] },
      false,
    ],
    ['mute-speaker', 'at the output of a driven browser', { ...BROWSER, streams: [NULL, LONELY, NULL] }, true],
    ['mute-speaker', 'at the error output of a driven browser', { ...BROWSER, streams: [NULL, NULL, LONELY] }, true],
    [
      'mute-speaker',
      'of a browser by its profile alone',
      { root: { command: PROFILE }, streams: [LONELY, LONELY, LONELY] },
      false,
    ],
    ['input-gone', 'of a program whose parent lives', { parent: BASH, streams: [LONELY, NULL, NULL] }, false],
    [
      'input-gone',
      'of a speaker, which is said once',
      { root: { command: MCP.command }, streams: [LONELY, NULL, NULL] },
      false,
    ],
    ['input-gone', 'that is a terminal', { streams: [CLOSED_TERMINAL, NULL, NULL] }, false],
    ['input-gone', 'that cannot be told', { streams: [stream({ kind: 'pipe' }), NULL, NULL] }, false],
    ['output-gone', 'of a program whose parent lives', { parent: BASH, streams: [NULL, LONELY, NULL] }, false],
    ['output-gone', 'that is a terminal', { streams: [NULL, CLOSED_TERMINAL, NULL] }, false],
    ['output-gone', 'at its standard output', { streams: [NULL, LONELY, NULL] }, true],
    ['output-gone', 'at its input only', { streams: [LONELY, NULL, NULL] }, false],
    [
      'terminal-closed',
      'of a program whose parent lives',
      { parent: BASH, streams: [NULL, CLOSED_TERMINAL, NULL] },
      false,
    ],
    ['terminal-closed', 'that is open', { streams: [OPEN_TERMINAL, OPEN_TERMINAL, OPEN_TERMINAL] }, false],
    ['terminal-closed', 'at its input only', { streams: [CLOSED_TERMINAL, NULL, NULL] }, false],
    ['terminal-closed', 'at its error output only', { streams: [NULL, NULL, CLOSED_TERMINAL] }, true],
  ])('%s: %s', (id, _, said, expected) => {
    expect(on(id, said)).toBe(expected);
  });
});

describe('who took it over', () => {
  const keptBy = (streams: Exclude<Said['streams'], undefined>): Said => ({ parent: KEEPER, streams });

  it('is told with less certainty where only nothing connects the two', () => {
    expect(seen(keptBy([NULL, NULL, NULL]))['taken-over']).toBe(
      'nothing connects it with its parent 41 session-keeper, which runs no servers as far as is known',
    );
  });

  it('is not told where something connects the two', () => {
    expect(on('taken-over', keptBy([HEARD, NULL, NULL]))).toBe(false);
  });
});

describe('a session that ended', () => {
  it.each<[string, Said, boolean]>([
    ['of a program that leads its own', { root: { sessionId: 100 } }, false],
    ['whose leader lives', { root: { sessionId: 40 }, others: [BASH] }, false],
    [
      'of a program with a living parent in it',
      { parent: BASH, root: { sessionId: GONE, startedAt: NOW - HOUR } },
      true,
    ],
  ])('%s', (_, said, expected) => {
    expect(on('session-ended', said)).toBe(expected);
  });
});

describe('a newer one of the same server', () => {
  const superseded = (other: Parameters<typeof aProcess>[0], said: Said = {}): boolean =>
    on('superseded', { ...WANTED, ...said, others: [aProcess({ pid: 300, startedAt: NOW - 60_000, ...other })] });

  it.each<[string, Parameters<typeof aProcess>[0], boolean]>([
    ['the same words in the same folder', {}, true],
    ['the whole path of the same script', { command: ['node', '/home/dev/shop/server.js'] }, true],
    ['the same script, run from who knows where', { command: ['node', '/home/dev/shop/server.js'], cwd: null }, false],
    ['the same with a dot', { command: ['node', './server.js'] }, true],
    ['another script', { command: ['node', 'other.js'] }, false],
    ['the same name in another folder', { cwd: { path: '/home/dev/blog', deleted: false } }, false],
    ['an older one', { startedAt: NOW - 2 * HOUR }, false],
    ['one of the very same age', { startedAt: NOW - HOUR }, false],
    ['one that has ended', { state: 'zombie' }, false],
    ['no script at all', { command: ['./server.js'] }, false],
  ])('%s', (_, other, expected) => {
    expect(superseded(other)).toBe(expected);
  });

  it('is no member of the tree itself', () => {
    expect(on('superseded', { ...WANTED, below: [aProcess({ pid: 101, parentPid: 100, startedAt: NOW })] })).toBe(
      false,
    );
  });

  it('counts for any working member of the tree', () => {
    const server = aProcess({ pid: 101, parentPid: 100, startedAt: NOW - HOUR, command: ['node', 'api.js'] });
    expect(superseded({ command: ['node', 'api.js'] }, { below: [server] })).toBe(true);
  });
});

describe('a script that ended', () => {
  it.each<[string, Said, boolean]>([
    ['of a program whose parent lives', { parent: BASH, root: { environment: SCRIPT } }, false],
    [
      'whose runner was killed, which is said already',
      { root: { environment: { ...SCRIPT, npm_lifecycle_script: 'node server.js' } } },
      false,
    ],
    ['of a program that nothing ties to its parent', { parent: KEEPER, root: { environment: SCRIPT } }, false],
    ['of a program whose variables could not be read', { root: { environment: null } }, false],
  ])('%s', (_, said, expected) => {
    expect(on('script-ended', said)).toBe(expected);
  });
});
