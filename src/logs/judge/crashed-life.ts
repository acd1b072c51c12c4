import { grave } from './life-verdict.ts';
import type { Life } from './lives.ts';

/** The words of a watcher between an error and the next start. */
const LINES_AFTER_ERROR = 3;

/** A run-time's error that is the last a life said. */
const endsInError = ({ blocks, start, lines }: Life): boolean => {
  const last = blocks.at(-1);
  if (last === undefined || !last.raw) return false;
  return last.position + last.lines.length >= (start?.position ?? 0) + lines - LINES_AFTER_ERROR;
};

/** How Ctrl-C, a supervisor and a closed terminal end what runs. */
const ASKED_BY = new Set(['SIGHUP', 'SIGINT', 'SIGTERM']);

/** Well done, or told to end, and not started again. */
const isFinished = ({ followedBy, end, blocks }: Life): boolean =>
  followedBy === null &&
  end !== null &&
  grave(blocks).length === 0 &&
  (end.signal === null ? end.code === 0 : ASKED_BY.has(end.signal));

/** Whether a life ended though nobody wanted it to. */
export const isCrash = (life: Life): boolean => {
  const { followedBy, end } = life;
  if (followedBy === 'unplanned' || followedBy === 'memory') return true;
  if (followedBy === 'edit' && endsInError(life)) return true;
  return end !== null && !end.weak && followedBy !== 'asked' && !isFinished(life);
};
