import { closeSync, constants, fstatSync, ftruncateSync, openSync, rmSync } from 'node:fs';
import { errorCode } from '../../../util/error-code.ts';
import { recoverCut } from './exact/cut.ts';
import { reasonOf } from './files/open-log.ts';
import type { LogContext } from './log-context.ts';
import type { LogService } from './log-service.ts';
import type { OutputMark } from './pump/journal-lines.ts';
import { compressionInProgress, copyInProgress } from './rotation/rotated-files.ts';
import { dropUnknownSpools, STREAMS, targetsOf } from './spools.ts';

/** First what was to be emptied, and then those may go on who write to it. */
const recoverPause = (context: LogContext): void => {
  const { slots, pauser, journal } = context;
  const stopped = pauser.left();
  try {
    const again = recoverCut(
      slots.cut,
      stopped.map(({ pid }) => pid),
    );
    const mark = again === null ? undefined : journal.state.sources.get(again.source);
    if (again !== null && mark !== undefined)
      journal.note({ source: again.source, mark: { ...mark, offset: again.base }, outputs: [] });
  } catch (error) {
    context.problems.tell('recover', `A rotation that was interrupted could not be ended: ${reasonOf(error)}`);
  } finally {
    if (stopped.length > 0) pauser.recover();
  }
};

/** Somebody writes to it besides us, so what is beyond our last record may be theirs. */
const hasWriter = ({ journal }: LogContext, path: string, inode: number): boolean =>
  [...journal.state.runs.values()].some(({ out, error }) =>
    [out, error].some((start) => start?.isDirect === true && start.path === path && start.inode === inode),
  );

/** What was written and not recorded is passed on again, so it is taken back. */
const takeBack = (path: string, { inode, size }: OutputMark): void => {
  try {
    const descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(descriptor);
      if (stat.ino === inode && stat.size > size) ftruncateSync(descriptor, size);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // Gone, or no longer ours to write: then nothing of ours is in it.
    if (errorCode(error) === null) throw error;
  }
};

/** Puts right what a sudden end of the last daemon left undone. Before any service is attached. */
export const recoverLogs = (context: LogContext, services: readonly LogService[]): void => {
  recoverPause(context);
  for (const [path, mark] of context.journal.state.outputs) {
    if (!hasWriter(context, path, mark.inode)) takeBack(path, mark);
  }
  const ids = new Set(services.map(({ id }) => id));
  dropUnknownSpools(context, ids);
  for (const id of context.journal.state.runs.keys()) if (!ids.has(id)) context.journal.note({ run: id, start: null });
  for (const path of services.flatMap(({ logs }) => STREAMS.flatMap((stream) => targetsOf(logs, stream)))) {
    rmSync(copyInProgress(path), { force: true });
    rmSync(compressionInProgress(path), { force: true });
  }
};
