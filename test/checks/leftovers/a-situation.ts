import { viewOf, type View } from '../../../src/checks/leftovers/view.ts';
import { NO_PREFERENCES, type CheckContext } from '../../../src/model/check.ts';
import type { LeftoverCandidate, LeftoverFacts } from '../../../src/model/dev-tree.ts';
import { refOf, type ProcessInfo, type ProcessTraces, type StandardStream } from '../../../src/model/process.ts';
import { tableOf } from '../../../src/programs/lineage.ts';
import { aProcess, running } from '../../helpers/a-process.ts';
import { aContext, NOW } from '../../helpers/a-snapshot.ts';

/** The pid of the root in every situation. */
export const ROOT_PID = 100;

/** A leader of a session that is in no table. */
export const GONE = 77;

export const HOUR = 3_600_000;
export const DAY: number = 24 * HOUR;

/** What takes over whatever lost its parent. */
export const SYSTEMD: ProcessInfo = running('/usr/lib/systemd/systemd', {
  pid: 1,
  parentPid: 0,
  uid: 0,
  startedAt: NOW - 30 * DAY,
});

/** A shell that a person types into, in a terminal of its own. */
export const BASH: ProcessInfo = running('-bash', {
  pid: 40,
  parentPid: 1,
  sessionId: 40,
  terminal: 'pts/4',
  startedAt: NOW - 2 * DAY,
});

/** A program that takes over the children of others and is known by no list. */
export const KEEPER: ProcessInfo = running('/usr/bin/session-keeper', {
  pid: 41,
  parentPid: 1,
  sessionId: 41,
  startedAt: NOW - 2 * DAY,
});

/** A stream to nowhere, but for what is said. */
export const stream = (said: Partial<StandardStream> = {}): StandardStream => ({
  kind: 'null',
  path: null,
  abandoned: null,
  inherited: false,
  ...said,
});

export const NULL: StandardStream = stream({ path: '/dev/null', inherited: true });
export const LONELY: StandardStream = stream({ kind: 'socket', abandoned: true });
export const HEARD: StandardStream = stream({ kind: 'socket', abandoned: false });
export const CLOSED_TERMINAL: StandardStream = stream({ kind: 'terminal', path: '/dev/pts/4', abandoned: true });
export const OPEN_TERMINAL: StandardStream = stream({ kind: 'terminal', path: '/dev/pts/4', abandoned: false });
export const LOG_FILE: StandardStream = stream({ kind: 'file', path: '/home/dev/shop/server.log' });

type Streams = readonly [StandardStream, StandardStream, StandardStream];

/** What differs from an idle node server of an hour whose parent is systemd. */
export interface Said {
  readonly root?: Partial<ProcessInfo>;
  readonly parent?: ProcessInfo;
  /** Members below the root. */
  readonly below?: readonly ProcessInfo[];
  /** Processes outside of the tree. */
  readonly others?: readonly ProcessInfo[];
  readonly streams?: Streams | null;
  readonly traces?: Partial<ProcessTraces>;
  /** What was seen of members below the root. */
  readonly tracesBelow?: readonly ProcessTraces[];
  readonly candidate?: Partial<LeftoverCandidate>;
  readonly context?: Partial<CheckContext>;
}

/** What was seen of one process: no ports, no connections. */
export const tracesOf = (process: ProcessInfo, said: Partial<ProcessTraces> = {}): ProcessTraces => ({
  ...refOf(process),
  streams: [NULL, NULL, NULL],
  ports: [],
  clients: 0,
  outgoing: 0,
  socketsRead: true,
  ...said,
});

const rootOf = ({ root = {}, parent = SYSTEMD }: Said): ProcessInfo =>
  aProcess({
    pid: ROOT_PID,
    parentPid: parent.pid,
    startedAt: NOW - HOUR,
    sessionId: parent.sessionId ?? 1,
    ...root,
  });

/** The facts of one situation. */
export const factsOf = (said: Said): LeftoverFacts => {
  const { parent = SYSTEMD, below = [], others = [], streams = [NULL, NULL, NULL] } = said;
  const root = rootOf(said);
  const { pid } = root;
  const members = [root, ...below];
  const traces = [tracesOf(root, { streams, ...said.traces }), ...(said.tracesBelow ?? [])];
  return {
    candidates: [
      {
        pid,
        members: members.map((one) => one.pid),
        traces,
        busy: null,
        watchedMs: 300,
        treeBytes: null,
        ...said.candidate,
      },
    ],
    processes: [...members, parent, ...(parent.pid === 1 ? [] : [SYSTEMD]), ...others],
  };
};

/** The context of one situation. */
export const contextOf = ({ context = {} }: Said): CheckContext => ({ ...aContext(), ...NO_PREFERENCES, ...context });

/** A situation as the rubric and the vetoes see it. */
export const viewOfSituation = (said: Said): View => {
  const facts = factsOf(said);
  const [candidate] = facts.candidates;
  const view = candidate === undefined ? null : viewOf(candidate, facts, tableOf(facts.processes), contextOf(said));
  if (view === null) throw new Error('the root of a situation is among its processes');
  return view;
};
