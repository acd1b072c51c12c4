import { fstatSync } from 'node:fs';
import { cutFile } from '../exact/cut.ts';
import type { Source, Tap } from '../files/log-file.ts';
import { readRange } from '../files/read-write.ts';
import type { LogContext } from '../log-context.ts';
import { passOn } from './pass-on.ts';

/** A source that was passed on so far is emptied. */
const EMPTY_BYTES = 8 * 1_048_576;
/** While more than this waits, its writers would have to rest for too long. */
const BACKLOG_BYTES = 1_048_576;

const isDue = ({ offset, base, endedAt, descriptor }: Source): boolean =>
  endedAt === null && offset - base >= EMPTY_BYTES && fstatSync(descriptor).size - offset <= BACKLOG_BYTES;

const takeOut = (context: LogContext, tap: Tap, source: Source): void => {
  let passed = passOn(context, tap, source, false);
  while (passed === 'more') passed = passOn(context, tap, source, false);
  if (passed === 'stuck') return;
  const { key, path, inode, base, offset, descriptor, mid } = source;
  const { size } = fstatSync(descriptor);
  const tail = readRange(descriptor, offset, size).toString('base64');
  cutFile(context.slots.cut, descriptor, { path, inode, size, base, tail, rotated: null, source: key }, () => {
    source.offset = base;
    source.looked = -1;
    context.journal.note({ source: key, mark: { inode, offset: base, base, mid }, outputs: [] });
  });
};

/** Takes out at once what was passed on, when nobody writes any more: what a person moved away is not to be doubled. */
export const emptyEnded = (context: LogContext, tap: Tap): void => {
  const [source] = tap.sources;
  if (source !== undefined && source.path === null && source.offset > source.base) takeOut(context, tap, source);
};

/**
 * Empties a source of which enough was passed on, while its writers rest for an instant. Gives `false` when they did not
 * come to rest.
 */
export const emptySource = (context: LogContext, tap: Tap, source: Source): boolean => {
  if (!isDue(source)) return true;
  const resume = context.pauser.pause([...tap.members.values()]);
  if (resume === null) return false;
  try {
    takeOut(context, tap, source);
  } finally {
    resume();
  }
  return true;
};
