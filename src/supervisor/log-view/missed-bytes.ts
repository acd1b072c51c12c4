import { partChunks } from './part-chunks.ts';
import { closeParts, openRotated, rotatedPaths, type Part } from './parts.ts';

/** Where a reader of a log stood when the log was rotated under it. */
export interface Place {
  readonly path: string;
  readonly inode: number;
  /** Where the last line that it did not read whole begins. */
  readonly offset: number;
  /** The bytes before that, as many as are remembered. */
  readonly mark: Buffer;
  /** When all was as expected; milliseconds since the epoch. */
  readonly seenAt: number;
}

/** A part to read on in, and from where. */
interface Unread {
  readonly part: Part;
  readonly from: number;
}

type OnTrouble = (path: string, why: string) => void;

/** Clocks of files are coarser than those of programs. */
const COARSE_MS = 1_000;

const endsWithMark = async (part: Part, { mark, offset }: Place): Promise<boolean> => {
  const found: Buffer[] = [];
  let length = 0;
  for await (const chunk of partChunks(part, offset - mark.length, () => {})) {
    found.push(chunk);
    length += chunk.length;
    if (length >= mark.length) break;
  }
  return Buffer.concat(found).subarray(0, mark.length).equals(mark);
};

/**
 * Parts that hold what was not read, the newest first: those made after the one that `isOurs`. None when that one is
 * nowhere, for then nobody knows what the others hold.
 */
const partsAfter = async (
  path: string,
  isOurs: (part: Part) => Promise<boolean>,
): Promise<{ readonly ours: Part | null; readonly newer: readonly Part[] }> => {
  const newer: Part[] = [];
  for (const rotated of rotatedPaths(path)) {
    const { part } = openRotated(rotated);
    if (part === null) continue;
    if (await isOurs(part)) return { ours: part, newer };
    newer.push(part);
  }
  closeParts(newer);
  return { ours: null, newer: [] };
};

const chunksOf = async function* (unread: readonly Unread[], onTrouble: OnTrouble): AsyncGenerator<Buffer> {
  try {
    for (const { part, from } of unread) yield* partChunks(part, from, (why) => onTrouble(part.path, why));
  } finally {
    closeParts(unread.map(({ part }) => part));
  }
};

const wholly = (parts: readonly Part[]): readonly Unread[] => parts.toReversed().map((part) => ({ part, from: 0 }));

/** What was written between a log that was renamed, read to its end, and the one that lies there now. */
export const afterRename = async function* (place: Place, onTrouble: OnTrouble): AsyncGenerator<Buffer> {
  const { ours, newer } = await partsAfter(place.path, async ({ inode }) => inode === place.inode);
  if (ours !== null) closeParts([ours]);
  yield* chunksOf(wholly(newer), onTrouble);
};

/**
 * What was written between the place of a reader and the moment when its log was emptied, if it was copied before. A
 * part is such a copy when it changed since and has the same bytes before the place. `null` when there is no copy.
 */
export const afterCopy = async (place: Place, onTrouble: OnTrouble): Promise<AsyncIterable<Buffer> | null> => {
  const { ours, newer } = await partsAfter(
    place.path,
    async (part) =>
      part.changedAt >= place.seenAt - COARSE_MS &&
      (part.compressed || part.size >= place.offset) &&
      (await endsWithMark(part, place)),
  );
  return ours === null ? null : chunksOf([{ part: ours, from: place.offset }, ...wholly(newer)], onTrouble);
};
