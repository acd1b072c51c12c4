import { fstatSync, ftruncateSync, readSync } from 'node:fs';
import { followPath, markSize } from '../files/hold-file.ts';
import type { LogFile, Source, Tap } from '../files/log-file.ts';
import { reasonOf } from '../files/open-log.ts';
import { append } from '../files/read-write.ts';
import type { LogContext } from '../log-context.ts';
import { frameLines } from './frame-lines.ts';
import type { OutputMark } from './journal-lines.ts';

/** How a batch went: there is more, there was nothing (more), or it could not be written now. */
export type Passed = 'more' | 'idle' | 'stuck';

/** One batch. More would hold up everything else; a line that fills it is passed on in parts. */
const BATCH_BYTES = 262_144;
/** Batches come one after the other, so one room is enough for all of them. */
const room = Buffer.allocUnsafeSlow(BATCH_BYTES);

/** Outputs, and how long they are. */
type Sizes = readonly (readonly [LogFile, number])[];

const undo = (written: Sizes): void => {
  for (const [{ descriptor }, size] of written) if (fstatSync(descriptor).size > size) ftruncateSync(descriptor, size);
};

const marksOf = (sizes: Sizes, more: number): ReadonlyMap<string, OutputMark> =>
  new Map(sizes.map(([{ path, inode }, size]) => [path, { inode, size: size + more }]));

/** After a rotation, or after somebody else changed an output, the journal has to know what a batch begins with. */
const prepare = (context: LogContext, sinks: readonly LogFile[]): Sizes => {
  for (const sink of sinks) followPath(context, sink);
  const sizes = sinks.map((sink) => [sink, fstatSync(sink.descriptor).size] as const);
  const news = sizes.filter(([{ path, inode }, size]) => {
    const known = context.journal.state.outputs.get(path);
    return known?.inode !== inode || known.size !== size;
  });
  if (news.length > 0) context.journal.batch(null, null, marksOf(news, 0));
  return sizes;
};

/** Writes to all outputs and to the journal, or to none of them. */
const deliver = (context: LogContext, { sinks }: Tap, source: Source, text: Buffer): boolean => {
  let before: Sizes = [];
  try {
    before = prepare(context, sinks);
    for (const { descriptor } of sinks) append(descriptor, text);
    const { inode, offset, base, mid, key } = source;
    context.journal.batch(key, { inode, offset, base, mid }, marksOf(before, text.length));
  } catch (error) {
    undo(before);
    context.problems.tell(
      source.key,
      `${sinks.map(({ path }) => path).join(' and ')} cannot be written: ${reasonOf(error)}. Lines wait until it can.`,
    );
    return false;
  }
  context.problems.over(source.key);
  const at = context.now();
  for (const [sink, size] of before) markSize(context, sink, size + text.length, at, false);
  return true;
};

const NEWLINE = 0x0a;

/** Passes on up to one batch of what a source has. `isEnd` says that an unfinished line will stay so. */
export const passOn = (context: LogContext, tap: Tap, source: Source, isEnd: boolean): Passed => {
  const { size } = fstatSync(source.descriptor);
  if (size < source.offset) Object.assign(source, { offset: Math.min(source.base, size), mid: false, looked: -1 });
  if (size === source.offset || (size === source.looked && !isEnd)) return 'idle';
  const read = readSync(source.descriptor, room, 0, BATCH_BYTES, source.offset);
  const bytes = room.subarray(0, frameLines(room.subarray(0, read), read === BATCH_BYTES, isEnd));
  if (bytes.length === 0) {
    source.looked = size;
    return 'idle';
  }
  const { offset, mid } = source;
  const isWhole = bytes.at(-1) === NEWLINE;
  const text = tap.format({ bytes, at: context.now(), mid, ended: isEnd && !isWhole && read < BATCH_BYTES });
  source.offset = offset + bytes.length;
  source.mid = !isWhole && !(isEnd && read < BATCH_BYTES);
  if (deliver(context, tap, source, text)) return 'more';
  Object.assign(source, { offset, mid });
  return 'stuck';
};
