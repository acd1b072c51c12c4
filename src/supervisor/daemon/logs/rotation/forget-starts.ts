import type { LogFile } from '../files/log-file.ts';
import type { LogContext } from '../log-context.ts';
import type { StreamStart } from '../pump/journal-lines.ts';

/** After a rotation, runs that began in a log have all of it, and some of what was rotated. */
export const forgetStarts = ({ journal }: LogContext, { path }: LogFile): void => {
  const moved = (start: StreamStart | null): StreamStart | null =>
    start?.path === path ? { ...start, offset: 0, earlier: start.offset } : start;
  for (const [id, { out, error }] of journal.state.runs) {
    if (out?.path === path || error?.path === path)
      journal.note({ run: id, start: { out: moved(out), error: moved(error) } });
  }
};
