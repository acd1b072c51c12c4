import { secondUserTrouble } from '../helpers/in-namespace.ts';
import { describeTrials, itself, PORT, type Trial } from '../helpers/trial.ts';
import { NOBODY, start, startAsNobody } from '../helpers/trial-steps.ts';

const server = [itself('server')];

const hidden: Pick<Trial, 'how' | 'check' | 'fix' | 'trouble'> = {
  how: { uid: NOBODY },
  check: { exit: 1, state: 'hidden', holders: [] },
  fix: { exit: 5, ended: [] },
  trouble: secondUserTrouble,
};

describeTrials('what can be seen', [
  {
    name: '(n) the owner is root and the command runs as nobody',
    steps: [start('server', 'listen.mjs', PORT)],
    ...hidden,
  },
  {
    name: '(n) the same where the processes of others cannot be seen at all',
    steps: [start('server', 'listen.mjs', PORT), { exec: ['mount', '-o', 'remount,hidepid=2', '/proc'] }],
    ...hidden,
  },
  {
    name: '(n) the owner is another user, and root asks by port',
    steps: [startAsNobody('server', 'listen.mjs', PORT)],
    check: { exit: 1, state: 'listening', holders: server },
    fix: { exit: 5, ended: [] },
    trouble: secondUserTrouble,
  },
  {
    name: '(n) owner and command are the same nobody',
    steps: [startAsNobody('server', 'listen.mjs', PORT)],
    how: { uid: NOBODY },
    check: { exit: 1, state: 'listening', holders: server },
    fix: { exit: 0, ended: server },
    trouble: secondUserTrouble,
  },
  {
    name: '(p) no tools in PATH',
    steps: [start('server', 'listen.mjs', PORT)],
    how: { bare: true },
    check: { exit: 1, state: 'listening', holders: server },
    fix: { exit: 0, ended: server },
  },
]);
