import { closeSync, fstatSync, statSync } from 'node:fs';
import { errorCode, messageOf } from '../../util/error-code.ts';
import { afterCopy, afterRename, type Place } from './missed-bytes.ts';
import { openPart, readerOf } from './parts.ts';

/** An open file and the place to read on from. */
export interface TailStart {
  readonly descriptor: number;
  readonly inode: number;
  readonly offset: number;
}

/** Takes what is read, in its order. */
export interface TailSink {
  readonly bytes: (chunk: Buffer) => void;
  /** What came of the line that has not ended comes again. */
  readonly takeBack: () => void;
  /** What comes next is no part of the line before. */
  readonly breakLine: () => void;
  readonly trouble: (path: string, why: string) => void;
}

/** A file that is read on as it grows. */
export interface Tail {
  /** Resolves to `true` when there may be more to read at once. */
  readonly read: (now: number) => Promise<boolean>;
  readonly close: () => void;
}

interface Live {
  readonly descriptor: number;
  readonly inode: number;
  offset: number;
  /** The bytes before the offset: by them the file is known to be the same. */
  mark: Buffer;
  /** Where the line begins that has not ended, with the bytes before it. */
  line: { readonly offset: number; readonly mark: Buffer };
  modifiedAt: number;
}

interface State {
  readonly path: string;
  readonly sink: TailSink;
  live: Live | null;
  /** Milliseconds since the epoch. */
  seenAt: number;
}

interface Facts {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** So much is read at once, that other logs have their turn. */
const BUDGET_BYTES = 1_048_576;
const MARK_BYTES = 256;
const NEWLINE = 10;

const factsAt = ({ path, sink }: State): Facts | null => {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    sink.trouble(path, messageOf(error));
    return null;
  }
};

const liveAt = ({ descriptor, inode, offset }: TailStart): Live => {
  const length = Math.min(MARK_BYTES, offset);
  const mark = readerOf(descriptor)(offset - length, length);
  return { descriptor, inode, offset, mark, line: { offset, mark }, modifiedAt: Number.NaN };
};

const open = (state: State): void => {
  const opened = openPart(state.path);
  if (opened.part !== null) state.live = liveAt({ ...opened.part, offset: 0 });
  else if (opened.why !== null) state.sink.trouble(state.path, opened.why);
};

/** Bytes after the place; `null` when what stands before it is no longer what was read. */
const readOn = (live: Live, size: number): Buffer | null => {
  const { descriptor, offset, mark } = live;
  if (size < offset) return null;
  const bytes = readerOf(descriptor)(offset - mark.length, mark.length + Math.min(BUDGET_BYTES, size - offset));
  if (!bytes.subarray(0, mark.length).equals(mark)) return null;
  const markAt = (end: number): Buffer => Buffer.from(bytes.subarray(Math.max(0, end - MARK_BYTES), end));
  const lineStart = bytes.lastIndexOf(NEWLINE) + 1;
  if (lineStart > mark.length) live.line = { offset: offset - mark.length + lineStart, mark: markAt(lineStart) };
  live.offset += bytes.length - mark.length;
  live.mark = markAt(bytes.length);
  return bytes.subarray(mark.length);
};

const placeOf = ({ path, seenAt }: State, { inode, line }: Live): Place => ({ path, inode, ...line, seenAt });

/**
 * The file was emptied. Who copied it first does so to rotate it, and the copy has what was not read. The line that had
 * not ended may be in the copy, or be left where it was for its rest.
 */
const beginAgain = async (state: State, live: Live): Promise<void> => {
  const { sink } = state;
  const copied = await afterCopy(placeOf(state, live), sink.trouble);
  if (copied === null) sink.breakLine();
  else {
    sink.takeBack();
    for await (const chunk of copied) sink.bytes(chunk);
  }
  const none = { offset: 0, mark: Buffer.alloc(0) };
  Object.assign(live, { ...none, line: none, modifiedAt: Number.NaN });
};

/** Reads what there is, up to the budget; `false` when there is nothing new. */
const readLive = async (state: State, live: Live, { size, mtimeMs }: Facts): Promise<boolean> => {
  if (size === live.offset && mtimeMs === live.modifiedAt) return false;
  live.modifiedAt = mtimeMs;
  const chunk = readOn(live, size);
  if (chunk === null) {
    await beginAgain(state, live);
    return true;
  }
  if (chunk.length > 0) state.sink.bytes(chunk);
  return chunk.length > 0;
};

/** Another file lies there now, and the one before was read to its end. */
const moveOn = async (state: State, old: Live): Promise<void> => {
  const { sink } = state;
  sink.breakLine();
  for await (const chunk of afterRename(placeOf(state, old), sink.trouble)) sink.bytes(chunk);
  sink.breakLine();
  closeSync(old.descriptor);
  state.live = null;
  open(state);
};

const read = async (state: State): Promise<boolean> => {
  const facts = factsAt(state);
  if (state.live === null && facts !== null) open(state);
  const { live } = state;
  if (live === null) return false;
  if (facts?.ino === live.inode) return readLive(state, live, facts);
  // Whoever wrote to it may still do so after it was renamed or deleted.
  const grew = await readLive(state, live, fstatSync(live.descriptor));
  if (grew || facts === null) return grew;
  await moveOn(state, live);
  return true;
};

/**
 * Reads a file on from time to time: through its renaming, its copying and emptying, its deletion and its return.
 * Without a start it is read from its beginning as soon as it is there.
 */
export const tailFile = (path: string, start: TailStart | null, now: number, sink: TailSink): Tail => {
  const state: State = { path, sink, live: start === null ? null : liveAt(start), seenAt: now };
  return {
    read: async (now) => {
      const more = await read(state);
      state.seenAt = now;
      return more;
    },
    close: () => {
      if (state.live !== null) closeSync(state.live.descriptor);
      state.live = null;
    },
  };
};
