import { describe, expect, it } from 'vitest';
import type { ProcessTraces } from '../../../src/model/process.ts';
import { aProcess } from '../../helpers/a-process.ts';
import { NOW } from '../../helpers/a-snapshot.ts';
import { BASH, DAY, HOUR, LOG_FILE, NULL, tracesOf, type Said } from './a-situation.ts';
import { idsOf, on, SCRIPT, seen, WANTED } from './what-the-rubric-sees.ts';

describe('age', () => {
  it.each([
    [DAY, []],
    [DAY + 1, ['old']],
    [7 * DAY, ['old']],
    [7 * DAY + 1, ['old', 'very-old']],
  ])('of %i ms', (age, ids) => {
    const parent = { ...BASH, startedAt: NOW - 30 * DAY };
    expect(idsOf({ parent, root: { startedAt: NOW - age } })).toEqual(ids);
  });
});

describe('a program that nobody uses', () => {
  it.each<[string, boolean | null, Partial<ProcessTraces>, boolean]>([
    ['idle and alone', false, {}, true],
    ['busy', true, {}, false],
    ['perhaps busy', null, {}, false],
    ['idle, with a client', false, { clients: 1 }, false],
    ['idle, with a connection of its own making', false, { outgoing: 1 }, false],
    ['idle, and its sockets could not be read', false, { socketsRead: false }, false],
  ])('%s', (_, busy, traces, expected) => {
    expect(on('unused', { ...WANTED, candidate: { busy }, traces })).toBe(expected);
  });

  it('has no member in use either', () => {
    const server = aProcess({ pid: 101, parentPid: 100, startedAt: NOW - HOUR });
    const said = {
      ...WANTED,
      below: [server],
      candidate: { busy: false },
      tracesBelow: [tracesOf(server, { clients: 1 })],
    };
    expect(on('unused', said)).toBe(false);
    expect(seen(said)['in-use']).toBe('1 connection to its port');
  });
});

describe('a log file', () => {
  it.each<[string, Said, boolean]>([
    ['at its error output only', { ...WANTED, streams: [NULL, NULL, LOG_FILE] }, false],
    ['at its input only', { ...WANTED, streams: [LOG_FILE, NULL, NULL] }, false],
    [
      'that a killed runner had',
      { root: { environment: { ...SCRIPT, npm_lifecycle_script: 'node server.js' } }, streams: [NULL, LOG_FILE, NULL] },
      false,
    ],
  ])('%s', (_, said, expected) => {
    expect(on('log-file', said)).toBe(expected);
  });
});

describe('a removed program', () => {
  it('of any member counts', () => {
    const executable = { path: '/home/dev/.nvm/node', deleted: true };
    expect(on('program-removed', { below: [aProcess({ pid: 101, parentPid: 100, executable })] })).toBe(true);
    expect(on('program-removed', { root: { executable: { ...executable, deleted: false } } })).toBe(false);
  });
});
