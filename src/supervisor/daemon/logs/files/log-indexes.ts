import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { messageOf, errorCode } from '../../../../util/error-code.ts';
import type { Home } from '../../../state/home.ts';
import { beginsRun, decodeLogMarks, encodeLogMark, logIndexPath, type LogMark } from '../../../state/log-index.ts';
import { writePrivateBytes } from './write-private-bytes.ts';

/** Writes down when logs were how long. It is a help for readers: without it only the time of lines is less well known. */
export interface LogIndexes {
  /** The last mark; `null` without one. */
  readonly last: (log: string) => LogMark | null;
  /** When the run of the last mark began, in milliseconds since the epoch; `null` without one. */
  readonly since: (log: string) => number | null;
  readonly mark: (log: string, mark: LogMark) => void;
  readonly remove: (log: string) => void;
}

interface IndexState {
  readonly path: string;
  count: number;
  last: LogMark | null;
  since: number | null;
}

/** At four marks a second: half an hour of a log that never rests, or two weeks of one that grows twice a minute. */
const KEPT_MARKS = 8_192;

const readIfAny = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return Buffer.alloc(0);
  }
};

const load = (path: string): IndexState => {
  const marks = decodeLogMarks(readIfAny(path));
  let since: number | null = null;
  for (const [place, mark] of marks.entries()) if (beginsRun(mark, marks[place - 1] ?? null)) since = mark.at;
  return { path, count: marks.length, last: marks.at(-1) ?? null, since };
};

const shorten = (state: IndexState): void => {
  const kept = decodeLogMarks(readIfAny(state.path)).slice(-KEPT_MARKS);
  writePrivateBytes(state.path, Buffer.concat(kept.map(encodeLogMark)));
  state.count = kept.length;
};

/** The indexes of a home, each read when it is first needed. */
export const createLogIndexes = (home: Home, tell: (text: string) => void): LogIndexes => {
  const states = new Map<string, IndexState>();
  const stateOf = (log: string): IndexState => {
    const state = states.get(log) ?? load(logIndexPath(home, log));
    states.set(log, state);
    return state;
  };
  const put = (state: IndexState, mark: LogMark): void => {
    if (beginsRun(mark, state.last)) state.since = mark.at;
    state.last = mark;
    appendFileSync(state.path, encodeLogMark(mark), { mode: 0o600 });
    state.count += 1;
    if (state.count >= KEPT_MARKS * 2) shorten(state);
  };
  return {
    last: (log) => stateOf(log).last,
    since: (log) => stateOf(log).since,
    mark: (log, { at, inode, offset }) => {
      const state = stateOf(log);
      // A clock that was set back must not put lines into another order.
      const mark = { at: Math.max(at, state.last?.at ?? 0), inode, offset };
      try {
        put(state, mark);
      } catch (error) {
        states.delete(log);
        tell(`The index of ${log} could not be written: ${messageOf(error)}. Its lines will have less exact times.`);
      }
    },
    remove: (log) => {
      rmSync(logIndexPath(home, log), { force: true });
      states.delete(log);
    },
  };
};
