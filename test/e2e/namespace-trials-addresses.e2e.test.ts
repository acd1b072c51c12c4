import { expect } from 'vitest';
import { childrenOf, describeTrials, itself, PORT, type Trial } from '../helpers/trial.ts';
import { set, start } from '../helpers/trial-steps.ts';

const one = [itself('server')];

const oneListener = (host: string): Pick<Trial, 'steps' | 'check' | 'fix'> => ({
  steps: [start('server', 'listen.mjs', PORT, host)],
  check: { exit: 1, state: 'listening', holders: one },
  fix: { exit: 0, ended: one },
});

const twoListeners = (host: string, host6: string): Pick<Trial, 'steps' | 'check' | 'fix'> => ({
  steps: [start('four', 'listen.mjs', PORT, host), start('six', 'listen.mjs', PORT, host6, 'v6only')],
  check: { exit: 1, state: 'listening', holders: [itself('four'), itself('six')] },
  fix: { exit: 0, ended: [itself('four'), itself('six')] },
});

const nothing: Pick<Trial, 'check' | 'fix'> = {
  check: { exit: 0, state: null, holders: [] },
  fix: { exit: 0, ended: [] },
};

describeTrials('where it listens', [
  { name: '127.0.0.1 only', ...oneListener('127.0.0.1') },
  { name: '(c) ::1 only', ...oneListener('::1') },
  { name: 'another loopback address only', ...oneListener('127.0.0.2') },
  { name: '(d) 127.0.0.1 and ::1 by two processes', ...twoListeners('127.0.0.1', '::1') },
  { name: '(e) 0.0.0.0', ...oneListener('0.0.0.0') },
  { name: '(e) ::', ...oneListener('::') },
  { name: '(e) 0.0.0.0 and :: by two processes', ...twoListeners('0.0.0.0', '::') },
  {
    name: 'a server with a helper program of its own',
    steps: [start('server', 'dev-server.mjs', PORT)],
    check: { exit: 1, state: 'listening', holders: one },
    fix: { exit: 0, ended: [itself('server'), childrenOf('server')] },
  },
]);

describeTrials('what only looks like the port', [
  { name: 'nothing at all', steps: [], ...nothing },
  {
    name: '(m) only 30001 and 13000 listening',
    steps: [start('longer', 'listen.mjs', 30_001), start('ends alike', 'listen.mjs', 13_000)],
    ...nothing,
  },
  {
    name: '(m) a process whose pid is the port',
    steps: [set('kernel/ns_last_pid', String(PORT - 1)), start('namesake', 'listen.mjs', 4000)],
    given: ({ programs }) => expect(programs['namesake']?.first.pid).toBe(PORT),
    ...nothing,
  },
  {
    name: '(m) the port as an argument of a program that listens elsewhere',
    steps: [start('other', 'listen.mjs', 4000, '127.0.0.1', String(PORT))],
    ...nothing,
  },
]);
