import type { ViewedLine } from './types.ts';

type Batches = AsyncIterable<readonly ViewedLine[]>;

/** Where one log stands in the merging. */
interface Reader {
  readonly more: AsyncIterator<readonly ViewedLine[]>;
  lines: readonly ViewedLine[];
  next: number;
}

const refill = async (reader: Reader): Promise<boolean> => {
  for (;;) {
    const { done, value } = await reader.more.next();
    if (done === true) return false;
    if (value.length === 0) continue;
    reader.lines = value;
    reader.next = 0;
    return true;
  }
};

/** The log whose turn it is: the one with the oldest line, the first of several. */
const oldest = (readers: readonly Reader[]): Reader | null => {
  let found: Reader | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const reader of readers) {
    const order = reader.lines[reader.next]?.order ?? Number.POSITIVE_INFINITY;
    if (found !== null && order >= least) continue;
    found = reader;
    least = order;
  }
  return found;
};

/** Takes lines in their order until one log has to be read on. */
const takeWhileAllHaveLines = (
  readers: readonly Reader[],
  begun: Reader | null,
): { readonly lines: readonly ViewedLine[]; readonly empty: Reader | null; readonly unended: boolean } => {
  const lines: ViewedLine[] = [];
  // A line that goes on is not parted by those of other logs.
  let reader = begun ?? oldest(readers);
  while (reader !== null) {
    const line = reader.lines[reader.next];
    if (line === undefined) return { lines, empty: reader, unended: lines.at(-1)?.ended === false };
    lines.push(line);
    reader.next += 1;
    if (reader.next >= reader.lines.length) return { lines, empty: reader, unended: !line.ended };
    if (line.ended) reader = oldest(readers);
  }
  return { lines, empty: null, unended: false };
};

/**
 * One stream of lines out of many, by time. Of lines with the same time those of the earlier log come first, and each
 * log keeps its order.
 */
export const mergeLines = async function* (logs: readonly Batches[]): Batches {
  let readers: Reader[] = logs.map((log) => ({ more: log[Symbol.asyncIterator](), lines: [], next: 0 }));
  const filled = await Promise.all(readers.map(refill));
  readers = readers.filter((_, place) => filled[place] === true);
  let begun: Reader | null = null;
  try {
    while (readers.length > 0) {
      const { lines, empty, unended } = takeWhileAllHaveLines(readers, begun);
      yield lines;
      if (empty === null) return;
      const hasMore = await refill(empty);
      begun = unended && hasMore ? empty : null;
      if (!hasMore) readers = readers.filter((reader) => reader !== empty);
    }
  } finally {
    for (const { more } of readers) await more.return?.();
  }
};
