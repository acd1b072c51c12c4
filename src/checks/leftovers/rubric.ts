import { isDrivenBrowser } from '../../programs/dev-shaped.ts';
import { outlivedSession } from '../../programs/lineage.ts';
import { formatDuration } from '../../util/duration.ts';
import { plural } from '../../util/plural.ts';
import {
  ageOf,
  clientsOf,
  closedTerminal,
  isUnused,
  logFileOf,
  lostParent,
  mute,
  successorOf,
  takenOver,
} from './observations.ts';
import type { View } from './view.ts';

/**
 * What one item is worth: `decisive` alone leaves no doubt; `strong` shows that its starter was lost and not left on
 * purpose; `context` fits a left-behind program and a background job alike; `against` speaks for somebody's purpose.
 */
export type Strength = 'decisive' | 'strong' | 'context' | 'against';

/** One row of the rubric. */
export interface Item {
  readonly id: string;
  readonly points: number;
  readonly strength: Strength;
  /** Why it weighs what it weighs. */
  readonly reason: string;
  /** What was seen, in words; `null` when it does not apply. */
  readonly seen: (view: View) => string | null;
}

const DAY_MS = 86_400_000;

const when = (holds: boolean, text: string): string | null => (holds ? text : null);

/** Every item that speaks for or against a program being left behind, most telling first. */
export const RUBRIC: readonly Item[] = [
  {
    id: 'mute-speaker',
    points: 60,
    strength: 'decisive',
    reason: 'it gets its work over standard input and can never get any again',
    seen: (view) => {
      const speaker = lostParent(view) ? mute(view) : undefined;
      return speaker === undefined
        ? null
        : `${speaker.pid} is spoken to over standard input, and nobody is at the other end`;
    },
  },
  {
    id: 'folder-removed',
    points: 50,
    strength: 'decisive',
    reason: 'no good reason is known to run in a folder that is gone',
    seen: ({ root }) => when(root.cwd?.deleted === true, `its folder ${root.cwd?.path} was removed`),
  },
  {
    id: 'runner-killed',
    points: 50,
    strength: 'strong',
    reason: 'a package runner waits for its script, so one that is gone before it was killed',
    seen: ({ runnerlessScript }) =>
      when(runnerlessScript !== null, `the package runner of its script "${runnerlessScript}" was killed`),
  },
  {
    id: 'terminal-closed',
    points: 25,
    strength: 'strong',
    reason: 'it reads from and writes to a terminal that is no more',
    seen: (view) => {
      const path = lostParent(view) ? closedTerminal(view) : null;
      return when(path !== null, `its terminal ${path} was closed`);
    },
  },
  {
    id: 'input-gone',
    points: 25,
    strength: 'strong',
    reason: 'whoever held the other end of its input ended without ending it',
    seen: (view) => {
      const [input] = view.streams;
      const gone =
        input?.abandoned === true && input.kind !== 'terminal' && lostParent(view) && mute(view) === undefined;
      return when(gone, 'nobody is at the other end of its standard input');
    },
  },
  {
    id: 'output-gone',
    points: 25,
    strength: 'strong',
    reason: 'nobody reads what it writes',
    seen: (view) => {
      const gone = view.streams.slice(1).some(({ kind, abandoned }) => kind !== 'terminal' && abandoned === true);
      return when(gone && lostParent(view), 'nobody reads its output any more');
    },
  },
  {
    id: 'taken-over',
    points: 30,
    strength: 'context',
    reason: 'every left-behind program is taken over, and so is every daemon',
    seen: takenOver,
  },
  {
    id: 'session-ended',
    points: 25,
    strength: 'context',
    reason: 'the session it was started in has ended; what leads a session of its own is left out',
    seen: (view) =>
      when(
        lostParent(view) && outlivedSession(view.root, view.table),
        `the session it was started in has ended (its leader was ${view.root.sessionId})`,
      ),
  },
  {
    id: 'superseded',
    points: 20,
    strength: 'context',
    reason: 'the same server was started again since',
    seen: (view) => {
      const successor = successorOf(view);
      return successor === undefined ? null : `${successor.pid} runs the same script and is newer`;
    },
  },
  {
    id: 'script-ended',
    points: 15,
    strength: 'context',
    reason: 'it comes from a package script that has ended',
    seen: ({ root, runnerlessScript, origin }) => {
      const event = root.environment?.['npm_lifecycle_event'];
      return when(
        event !== undefined && runnerlessScript === null && origin === 'adopted',
        `the package script "${event}" that started it has ended`,
      );
    },
  },
  {
    id: 'old',
    points: 10,
    strength: 'context',
    reason: 'age is no guilt, yet dev servers seldom live for days',
    seen: (view) => when(ageOf(view) > DAY_MS, `it is up for ${formatDuration(ageOf(view))}`),
  },
  {
    id: 'very-old',
    points: 5,
    strength: 'context',
    reason: 'the same, and more so',
    seen: (view) => when(ageOf(view) > 7 * DAY_MS, 'that is more than a week'),
  },
  {
    id: 'unused',
    points: 10,
    strength: 'context',
    reason: 'a server in use has connections or uses the processor',
    seen: (view) => when(isUnused(view), 'it has no connections, and was idle when it was watched'),
  },
  {
    id: 'program-removed',
    points: 10,
    strength: 'context',
    reason: 'its program is gone, which every upgrade does too',
    seen: ({ members }) =>
      when(
        members.some(({ executable }) => executable?.deleted === true),
        'its program was removed or upgraded since',
      ),
  },
  {
    id: 'own-session',
    points: -40,
    strength: 'against',
    reason: 'a program gets a session of its own only when somebody means it to outlive them',
    seen: ({ root }) => {
      // Test runners give every browser a session of its own, whatever they mean by it.
      const means = root.cwd?.deleted !== true && !isDrivenBrowser(root);
      return when(root.sessionId === root.pid && means, 'it was given a session of its own, on purpose');
    },
  },
  {
    id: 'in-use',
    points: -25,
    strength: 'against',
    reason: 'somebody is connected to it',
    seen: (view) => when(clientsOf(view) > 0, `${plural(clientsOf(view), 'connection')} to its port`),
  },
  {
    id: 'log-file',
    points: -20,
    strength: 'against',
    reason: 'who sends the output to a file means to leave it running',
    seen: (view) => {
      const path = logFileOf(view);
      return when(path !== null && view.runnerlessScript === null, `it writes to the file ${path}`);
    },
  },
];
