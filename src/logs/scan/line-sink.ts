/** A line as bytes, and where it stands. */
export interface RawLine {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Counted from 1 in this source. */
  readonly number: number;
  readonly offset: number;
}

export interface LineSink {
  /** Gives whether the lines after it must be read as well. */
  readonly line: (line: RawLine) => boolean;
  /** Lines that were not read, and the last of them. */
  readonly skipped: (count: number, last: RawLine) => void;
  /** Whether the lines of an error that a run-time prints are being read. */
  readonly errorState: () => 'none' | 'open' | 'ended';
  /** The error that ended last is the one that `repeated` speaks of from now on. */
  readonly learned: () => void;
  /** So many lines under the headline just read are those of the error learned last, byte for byte. */
  readonly repeated: (count: number, headline: RawLine) => void;
  /** So many lives in a row have said the same, but for the times. */
  readonly alike: (lives: number) => void;
  /** So many more such lives were not read. */
  readonly livesPassed: (lives: number) => void;
}
