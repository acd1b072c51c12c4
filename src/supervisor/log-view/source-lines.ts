import type { Start } from './find-start.ts';
import { partChunks } from './part-chunks.ts';
import type { PlaceInTime } from './place-in-time.ts';
import { lineSplitter } from './split-lines.ts';
import type { LineShape, ViewedLine } from './types.ts';

/** The lines of a log from a start on, in the order of its parts, a chunk's worth at a time. */
export const sourceLines = async function* (
  { parts, offset, torn }: Start,
  shape: LineShape,
  place: PlaceInTime,
  onTrouble: (path: string, why: string) => void,
): AsyncGenerator<readonly ViewedLine[]> {
  for (const [age, { part, spanOf }] of parts.entries()) {
    const from = age === 0 ? offset : 0;
    const splitter = lineSplitter(shape, from, age === 0 && torn);
    for await (const chunk of partChunks(part, from, (why) => onTrouble(part.path, why))) {
      yield place(splitter.push(chunk), spanOf);
    }
    const rest = splitter.rest();
    if (rest !== null) yield place([rest], spanOf);
  }
};
