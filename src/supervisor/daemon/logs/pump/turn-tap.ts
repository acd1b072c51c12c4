import { closeSync, fstatSync, ftruncateSync, rmSync } from 'node:fs';
import { messageOf } from '../../../../util/error-code.ts';
import type { Source, Tap } from '../files/log-file.ts';
import type { LogContext } from '../log-context.ts';
import { emptySource } from './empty-source.ts';
import { passOn, type Passed } from './pass-on.ts';

/** Then it is the turn of others. */
const BATCHES = 4;
/** What a run left behind may write for a while. */
const LINGER_MS = 30_000;
const BUSY_MS = 25;
const IDLE_MS = 500;
const STUCK_MS = 1_000;

/** A spool goes; what a person moved away keeps only what was there when it was moved. */
const finish = (context: LogContext, { key, path, descriptor, base }: Source): void => {
  if (path !== null) rmSync(path, { force: true });
  else if (fstatSync(descriptor).size > base) ftruncateSync(descriptor, base);
  closeSync(descriptor);
  context.journal.note({ source: key, mark: null, outputs: [] });
};

const isOver = (context: LogContext, { sources }: Tap, { endedAt }: Source): boolean =>
  endedAt !== null && (sources.length > 1 || context.uptime() - endedAt >= LINGER_MS);

/** Passes on some batches. `done` when nothing more can come. */
export const turnTap = (context: LogContext, tap: Tap): Passed | 'done' => {
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const [source] = tap.sources;
    if (source === undefined) return 'done';
    const passed = passOn(context, tap, source, source.endedAt !== null);
    if (passed === 'stuck') return 'stuck';
    if (passed === 'idle') {
      if (!isOver(context, tap, source)) return 'idle';
      tap.sources.shift();
      finish(context, source);
    }
  }
  return 'more';
};

const nextPause = (tap: Tap, passed: Passed, worked: boolean): number => {
  if (passed === 'stuck') return STUCK_MS;
  if (passed === 'more') return 0;
  return worked ? BUSY_MS : Math.min(IDLE_MS, Math.max(BUSY_MS, tap.pauseMs * 2));
};

/** Passes on what there is, and plans the next turn. `afterwards` runs after each, and when nothing more can come. */
export const runTap = (context: LogContext, tap: Tap, afterwards: (isDone: boolean) => void): void => {
  const before = tap.sources[0]?.offset;
  let passed: Passed | 'done' = 'stuck';
  try {
    passed = turnTap(context, tap);
    const [source] = tap.sources;
    if (passed === 'idle' && source !== undefined && !emptySource(context, tap, source)) passed = 'stuck';
  } catch (error) {
    context.problems.tell(`${tap.key} fault`, `Output could not be passed on: ${messageOf(error)}. It waits.`);
  }
  if (passed !== 'done') {
    tap.pauseMs = nextPause(tap, passed, before !== tap.sources[0]?.offset);
    context.scheduler.plan(tap.key, tap.pauseMs, () => runTap(context, tap, afterwards));
  }
  afterwards(passed === 'done');
};
