import { childrenOf, describeTrials, itself, PORT, treeOf } from '../helpers/trial.ts';
import { perlTrouble, start, startOrphaned } from '../helpers/trial-steps.ts';

const both = [itself('first'), itself('second')];

describeTrials('a port held by several', [
  {
    name: '(f) two SO_REUSEPORT listeners',
    steps: [start('first', 'reuse-port.pl', PORT), start('second', 'reuse-port.pl', PORT)],
    check: { exit: 1, state: 'listening', holders: both },
    fix: { exit: 0, ended: both },
    trouble: perlTrouble,
  },
  {
    name: '(h) a socket shared with forked workers',
    steps: [start('server', 'forked-workers.mjs', PORT)],
    check: { exit: 1, state: 'listening', holders: [treeOf('server')] },
    fix: { exit: 0, ended: [treeOf('server')] },
  },
  {
    name: '(h) a socket left to forked workers whose parent has gone',
    steps: [startOrphaned('server', 'forked-workers.mjs', PORT, 'leave')],
    check: { exit: 1, state: 'listening', holders: [childrenOf('server')] },
    fix: { exit: 0, ended: [childrenOf('server')] },
  },
  {
    name: '(h) node:cluster',
    steps: [start('server', 'cluster-workers.mjs', PORT)],
    check: { exit: 1, state: 'listening', holders: [itself('server')] },
    fix: { exit: 0, ended: [treeOf('server')] },
  },
]);
