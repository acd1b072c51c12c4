import { spawnSync } from 'node:child_process';
import { describeTrials, hasSocket, ESTABLISHED, itself, PORT, type Trial } from '../helpers/trial.ts';
import { start, startOrphaned } from '../helpers/trial-steps.ts';

const lsofTrouble = spawnSync('lsof', ['-v']).error === undefined ? null : 'the portable road needs lsof here';

const server = [itself('server')];

const portable = (trial: Omit<Trial, 'how' | 'trouble'>): Trial => ({
  ...trial,
  how: { env: { DEVDOCTOR_PROBE: 'portable' } },
  trouble: lsofTrouble,
});

const onlyTheServer: Pick<Trial, 'check' | 'fix'> = {
  check: { exit: 1, state: 'listening', holders: server },
  fix: { exit: 0, ended: server },
};

const nothing: Pick<Trial, 'check' | 'fix'> = {
  check: { exit: 0, state: null, holders: [] },
  fix: { exit: 0, ended: [] },
};

// What find-process and kill-port get wrong must not come through.
describeTrials('the portable road', [
  portable({
    name: 'a listener and its local client',
    steps: [start('server', 'listen.mjs', PORT), start('client', 'connect.mjs', '127.0.0.1', PORT)],
    given: hasSocket({ remote: PORT, state: ESTABLISHED }),
    ...onlyTheServer,
  }),
  portable({
    name: 'UDP and TCP by two',
    steps: [start('datagrams', 'hold-udp.mjs', PORT), start('server', 'listen.mjs', PORT)],
    ...onlyTheServer,
  }),
  portable({ name: 'UDP only', steps: [start('datagrams', 'hold-udp.mjs', PORT)], ...nothing }),
  portable({
    name: 'only 30001 and 13000',
    steps: [start('longer', 'listen.mjs', 30_001), start('other', 'listen.mjs', 13_000)],
    ...nothing,
  }),
  portable({
    name: 'the two loopbacks by two processes',
    steps: [start('first', 'listen.mjs', PORT, '127.0.0.1'), start('second', 'listen.mjs', PORT, '::1')],
    check: { exit: 1, state: 'listening', holders: [itself('first'), itself('second')] },
    fix: { exit: 0, ended: [itself('first'), itself('second')] },
  }),
  portable({
    name: 'an orphan',
    steps: [startOrphaned('server', 'listen.mjs', PORT)],
    ...onlyTheServer,
  }),
  portable({
    name: 'a child that is started again at once',
    steps: [start('server', 'respawn-child.mjs', PORT)],
    check: { exit: 1, state: 'listening', holders: [{ program: 'server', part: 'children' }] },
    fix: { exit: 4, ended: [{ program: 'server', part: 'children' }] },
  }),
]);

describeTrials('an owner out of sight', [
  {
    name: 'it is hidden, and nothing is ended without --force',
    steps: [start('server', 'listen.mjs', PORT)],
    how: { apart: true },
    check: { exit: 1, state: 'hidden', holders: [] },
    fix: { exit: 5, ended: [] },
  },
  {
    name: 'the last resort says that it worked, and the second look says that it did not',
    steps: [start('server', 'listen.mjs', PORT)],
    how: { apart: true },
    check: { exit: 1, state: 'hidden', holders: [] },
    fix: { exit: 4, ended: [], unresolved: 'unverified', more: ['--force'] },
    trouble: lsofTrouble,
  },
]);
