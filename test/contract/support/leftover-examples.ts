import type { CheckContext } from '../../../src/model/check.ts';
import type { LeftoverCandidate } from '../../../src/model/dev-tree.ts';
import { refOf, type ProcessInfo, type ProcessTraces, type StandardStream } from '../../../src/model/process.ts';
import { context, ESCAPES, NO_FACTS, NOW, PORT, process, type Example } from './facts.ts';

const DAY_MS = 86_400_000;

const stream = (said: Partial<StandardStream> = {}): StandardStream => ({
  kind: 'null',
  path: null,
  abandoned: null,
  inherited: false,
  ...said,
});

const streams = (said: Partial<StandardStream> = {}): ProcessTraces['streams'] => [
  stream(said),
  stream(said),
  stream(said),
];

const CLOSED_TERMINAL = streams({ kind: 'terminal', path: '/dev/pts/3', abandoned: true });
const MUTE = streams({ kind: 'pipe', abandoned: true });
const LOG_FILE = stream({ kind: 'file', path: '/home/ada/server.log' });
const TO_A_FILE = [stream(), LOG_FILE, LOG_FILE] as const;

const init = process({ pid: 1, parentPid: 0, sessionId: 1, name: 'systemd', command: ['/sbin/init'], uid: 0 });
const shell = process({ pid: 4000, parentPid: 1, name: 'bash', command: ['-bash'] });

/** A process that was handed to the first one, and whose session has ended. */
const adrift = (said: Partial<ProcessInfo> = {}): ProcessInfo =>
  process({ parentPid: 1, sessionId: 3999, terminal: null, ...said });

interface Looked {
  readonly traces?: Partial<ProcessTraces>;
  readonly candidate?: Partial<LeftoverCandidate>;
  readonly others?: readonly ProcessInfo[];
  readonly also?: Partial<CheckContext>;
}

const example = (
  name: string,
  members: readonly [ProcessInfo, ...ProcessInfo[]],
  { traces, candidate, others = [], also }: Looked = {},
): Example => ({
  name,
  facts: {
    ...NO_FACTS,
    leftovers: {
      candidates: [
        {
          pid: members[0].pid,
          members: members.map(({ pid }) => pid),
          traces: members.map((member) => ({
            ...refOf(member),
            streams: streams(),
            ports: [],
            clients: 0,
            outgoing: 0,
            socketsRead: true,
            ...traces,
          })),
          busy: false,
          watchedMs: 300,
          treeBytes: 212_000_000,
          ...candidate,
        },
      ],
      processes: [init, ...members, ...others],
    },
  },
  context: context(also),
});

const script = { npm_lifecycle_event: 'dev', npm_lifecycle_script: 'node server.js' };
const esbuild = {
  name: 'esbuild',
  command: ['/home/ada/shop/node_modules/.bin/esbuild', '--service=0.28.2', '--ping'],
};

/** Trees that were left behind. */
export const orphans: readonly Example[] = [
  example('a server whose terminal was closed', [adrift()], { traces: { streams: CLOSED_TERMINAL, ports: [PORT] } }),
  example('a script whose npm was killed', [
    adrift({ pid: 4311, name: 'sh', command: ['sh', '-c', 'node server.js'], environment: script }),
    process({ parentPid: 4311, environment: script }),
  ]),
  example('a helper that nobody can speak to', [adrift(esbuild)], { traces: { streams: MUTE } }),
  example('a server whose folder was removed', [adrift({ cwd: { path: '/home/ada/gone', deleted: true } })]),
  example('a tree whose memory, sockets and work could not be read', [adrift()], {
    traces: { streams: CLOSED_TERMINAL, socketsRead: false },
    candidate: { treeBytes: null, busy: null },
  }),
  example('hostile names', [
    adrift({
      name: ESCAPES,
      command: [`node${ESCAPES}`, `server.js${ESCAPES}`],
      cwd: { path: `/home/ada/${ESCAPES}`, deleted: true },
    }),
  ]),
  example('a hostile name of a script', [
    adrift({ environment: { npm_lifecycle_event: ESCAPES, npm_lifecycle_script: 'node server.js' } }),
  ]),
];

/** Trees that may have been left behind, or put to the background. */
export const stale: readonly Example[] = [
  example('a server that outlived its shell', [adrift()], { traces: { ports: [PORT] } }),
  example('an old server without its session', [adrift({ startedAt: NOW - 9 * DAY_MS })]),
  example('a server that was started again since', [adrift()], {
    others: [process({ pid: 4500, startedAt: NOW - 5 })],
  }),
  example('a tree that somebody is connected to', [adrift(), process({ pid: 4313, parentPid: 4312 })], {
    traces: { streams: CLOSED_TERMINAL, ports: [PORT], clients: 2 },
  }),
  example('a server that writes to a file', [adrift({ startedAt: NOW - 2 * DAY_MS })], {
    traces: { streams: TO_A_FILE },
    candidate: { busy: true },
    others: [process({ pid: 4500, startedAt: NOW - 5 })],
  }),
  example('hostile names of the one that took it over', [adrift({ parentPid: 77 })], {
    others: [process({ pid: 77, parentPid: 1, sessionId: 77, name: `keeper${ESCAPES}`, command: ['/opt/keeper'] })],
  }),
];

/** A server that its shell still looks after. */
export const tended: Example = example('a server under its shell', [process()], { others: [shell] });
