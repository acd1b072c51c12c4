/** A frame ends with a newline: named pipes have no half-close to end it with. */
const NEWLINE = 10;

/** The longest request or answer. An environment of 100 KB for each of a hundred services fits. */
export const LONGEST_FRAME: number = 32 * 1024 * 1024;

/** Takes bytes, gives whole frames. */
export interface FrameReader {
  /** Frames that these bytes complete. Throws a `RangeError` when one is longer than allowed. */
  readonly push: (chunk: Buffer) => readonly string[];
  /** What may be the length of one frame from now on. */
  readonly allow: (longest: number) => void;
}

/** Cuts a stream of bytes into frames, with bounded memory. */
export const frameReader = (longest: number): FrameReader => {
  let parts: Buffer[] = [];
  let length = 0;
  let limit = longest;
  const take = (part: Buffer): void => {
    length += part.length;
    if (length > limit) throw new RangeError(`a frame is longer than ${limit} bytes`);
    parts.push(part);
  };
  return {
    allow: (next) => {
      limit = next;
    },
    push: (chunk) => {
      const frames: string[] = [];
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
        take(chunk.subarray(from, end));
        frames.push(Buffer.concat(parts).toString('utf8'));
        parts = [];
        length = 0;
        from = end + 1;
      }
      if (from < chunk.length) take(chunk.subarray(from));
      return frames;
    },
  };
};

/** The bytes of one frame. */
export const frameOf = (message: object): string => `${JSON.stringify(message)}\n`;
