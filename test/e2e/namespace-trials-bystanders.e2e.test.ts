import { COMMAND } from '../helpers/in-namespace.ts';
import { fixture } from '../helpers/paths.ts';
import { describeTrials, ESTABLISHED, hasSocket, itself, PORT, TIME_WAIT, type Trial } from '../helpers/trial.ts';
import { finish, linkTrouble, set, start, startElsewhere } from '../helpers/trial-steps.ts';

const nothing: Pick<Trial, 'check' | 'fix'> = {
  check: { exit: 0, state: null, holders: [] },
  fix: { exit: 0, ended: [] },
};

const server = [itself('server')];

const onlyTheServer: Pick<Trial, 'check' | 'fix'> = {
  check: { exit: 1, state: 'listening', holders: server },
  fix: { exit: 0, ended: server },
};

describeTrials('those who are never touched', [
  {
    name: '(a) a client of the same port elsewhere',
    steps: [
      { as: 'far server', argv: ['sh', fixture('listen-over-link.sh'), process.execPath, String(PORT)] },
      start('client', 'connect.mjs', '10.77.0.2', PORT),
    ],
    given: hasSocket({ remote: PORT, state: ESTABLISHED }),
    ...nothing,
    trouble: linkTrouble,
  },
  {
    name: '(b) the local client of a listener',
    steps: [start('server', 'listen.mjs', PORT), start('client', 'connect.mjs', '127.0.0.1', PORT)],
    given: hasSocket({ remote: PORT, state: ESTABLISHED }),
    ...onlyTheServer,
  },
  { name: '(i) UDP only', steps: [start('datagrams', 'hold-udp.mjs', PORT)], ...nothing },
  {
    name: '(i) UDP and TCP by two',
    steps: [start('datagrams', 'hold-udp.mjs', PORT), start('server', 'listen.mjs', PORT)],
    ...onlyTheServer,
  },
  {
    name: '(l) a listener in another network namespace',
    steps: [startElsewhere('elsewhere', 'listen.mjs', PORT)],
    ...nothing,
  },
  {
    name: '(l) a listener here and one in another network namespace',
    steps: [startElsewhere('elsewhere', 'listen.mjs', PORT), start('server', 'listen.mjs', PORT)],
    ...onlyTheServer,
  },
  {
    name: '(o) TIME_WAIT of a server',
    steps: [finish('gone', 'leave-time-wait.mjs', 'server', PORT)],
    given: hasSocket({ local: PORT, state: TIME_WAIT }),
    ...nothing,
  },
  {
    name: '(q) the command is a descendant of the listener',
    steps: [start('server', 'run-below.mjs', PORT, COMMAND)],
    how: { below: 'server' },
    check: { exit: 1, state: 'listening', holders: server },
    fix: { exit: 5, ended: [] },
  },
]);

// A client that was given the port by the kernel blocks a bind; one that chose it does so only without SO_REUSEADDR.
const giveThePortToClients = set('net/ipv4/ip_local_port_range', `${PORT} ${PORT}`);

describeTrials('a client whose local port it is', [
  {
    name: '(r) connected',
    steps: [
      start('far server', 'listen.mjs', 4000),
      giveThePortToClients,
      start('client', 'connect.mjs', '127.0.0.1', 4000),
    ],
    given: hasSocket({ local: PORT, remote: 4000, state: ESTABLISHED }),
    check: { exit: 1, state: 'connected', holders: [itself('client')] },
    fix: { exit: 5, ended: [] },
  },
  {
    name: '(r) the TIME_WAIT it leaves',
    steps: [giveThePortToClients, finish('gone', 'leave-time-wait.mjs', 'client', 4000)],
    given: hasSocket({ local: PORT, remote: 4000, state: TIME_WAIT }),
    check: { exit: 1, state: 'time-wait', holders: [] },
    fix: { exit: 5, ended: [] },
  },
  {
    name: '(r) connected, but with a socket that lets others bind',
    steps: [start('far server', 'listen.mjs', 4000), start('client', 'connect.mjs', '127.0.0.1', 4000, PORT)],
    given: hasSocket({ local: PORT, remote: 4000, state: ESTABLISHED }),
    ...nothing,
  },
]);
