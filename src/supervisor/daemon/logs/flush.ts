import { closeSync, constants, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { errorCode } from '../../../util/error-code.ts';
import type { Source, Tap } from './files/log-file.ts';
import type { LogContext } from './log-context.ts';
import type { LogService } from './log-service.ts';
import { dropRotated } from './rotation/rotated-files.ts';
import { STREAMS, tapKey, targetsOf } from './spools.ts';

const skip = (context: LogContext, source: Source): void => {
  const { key, inode, base, descriptor } = source;
  source.offset = fstatSync(descriptor).size;
  source.mid = false;
  context.journal.note({ source: key, mark: { inode, offset: source.offset, base, mid: false }, outputs: [] });
};

const skipAll = (context: LogContext, taps: readonly Tap[]): void => {
  for (const { sources } of taps) for (const source of sources) skip(context, source);
};

const emptyUnheld = (path: string): void => {
  try {
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
};

const emptyLog = (context: LogContext, path: string): void => {
  const file = context.files.get(path);
  if (file === undefined) emptyUnheld(path);
  else {
    skipAll(context, file.strays);
    ftruncateSync(file.descriptor, 0);
    // A rotation that is under way sees that its copy is out of date.
    Object.assign(file, { seen: 0, rate: 0, rotatedAt: context.uptime() });
  }
  if (context.compressing?.log === path) context.compressing.stop.abort();
  dropRotated(path);
  context.indexes.remove(path);
};

/** Empties the logs of a service, and removes what was rotated. Throws the system's error. */
export const flushLogs = (context: LogContext, { id, logs }: LogService): void => {
  skipAll(
    context,
    STREAMS.flatMap((stream) => context.taps.get(tapKey(id, stream)) ?? []),
  );
  const paths = new Set(STREAMS.flatMap((stream) => targetsOf(logs, stream)));
  for (const path of paths) emptyLog(context, path);
  for (const [run, { out, error }] of context.journal.state.runs) {
    if (run !== id) continue;
    const again = { offset: 0, earlier: null };
    context.journal.note({
      run: run,
      start: { out: out && { ...out, ...again }, error: error && { ...error, ...again } },
    });
  }
};
