import type { FileLine, LineShape } from './types.ts';

const NEWLINE = 10;

/** Takes bytes as they come and gives lines as they end, in bounded memory however long a line is. */
export interface LineSplitter {
  readonly push: (chunk: Buffer) => readonly FileLine[];
  /** What stands after the last newline, as a line that has not ended; `null` when nothing does. */
  readonly rest: () => FileLine | null;
  /** Bytes that wait for their newline. */
  readonly waiting: () => number;
}

/** The line that is being read. */
interface Pending {
  offset: number;
  length: number;
  parts: Buffer[];
  kept: number;
  /** Kept bytes that no longer lie in the chunk they came in. */
  owned: number;
  continued: boolean;
  torn: boolean;
}

const add = (line: Pending, bytes: Buffer, { cap, long }: LineShape): void => {
  line.length += bytes.length;
  const room = long === 'pieces' ? bytes.length : cap - line.kept;
  if (room <= 0 || bytes.length === 0) return;
  const part = bytes.subarray(0, room);
  line.parts.push(part);
  line.kept += part.length;
};

const take = (line: Pending, ended: boolean): FileLine => {
  const { offset, length, parts, continued, torn } = line;
  const [first = Buffer.alloc(0)] = parts;
  const bytes = parts.length > 1 ? Buffer.concat(parts) : first;
  const next = offset + length + (ended ? 1 : 0);
  Object.assign(line, { offset: next, length: 0, parts: [], kept: 0, owned: 0, continued: !ended, torn: false });
  return { offset, bytes, length, ended, continued, torn };
};

/** A line that is going on must not keep all of the chunk that it began in. */
const letGo = (line: Pending): void => {
  if (line.kept > line.owned) line.parts = [Buffer.concat(line.parts)];
  line.owned = line.kept;
};

/** Splits a file that is read from `start` on. `torn`: that is within a line whose beginning is unknown. */
export const lineSplitter = (shape: LineShape, start: number, torn = false): LineSplitter => {
  const line: Pending = { offset: start, length: 0, parts: [], kept: 0, owned: 0, continued: false, torn };
  return {
    push: (chunk) => {
      const lines: FileLine[] = [];
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
        add(line, chunk.subarray(from, end), shape);
        lines.push(take(line, true));
        from = end + 1;
      }
      add(line, chunk.subarray(from), shape);
      if (shape.long === 'pieces' && line.kept >= shape.cap) lines.push(take(line, false));
      else letGo(line);
      return lines;
    },
    rest: () => (line.length > 0 ? take(line, false) : null),
    waiting: () => line.length,
  };
};
