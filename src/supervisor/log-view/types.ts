/** Which of a service's two streams. */
export type Stream = 'out' | 'err';

/** One log file, and whose it is. */
export interface LogSource {
  /** Absolute. */
  readonly path: string;
  /** A file with both streams counts as `out`. */
  readonly stream: Stream;
  /** The lowest id of those that share the file. */
  readonly id: number;
  readonly service: string;
  /** What stands before its lines: the name, with the id where several instances have it. */
  readonly label: string;
}

/** A line, or a part of one, as it stands in a file. */
export interface FileLine {
  /** The byte of its file that it begins with. */
  readonly offset: number;
  /** Without the newline, and cut when it is too long. */
  readonly bytes: Buffer;
  /** Of the whole line, in bytes. */
  readonly length: number;
  /** `false` while no newline came yet. */
  readonly ended: boolean;
  /** Goes on where the last one stopped without a newline. */
  readonly continued: boolean;
  /** Its beginning was too far away to be looked for: `length` is the least it has. */
  readonly torn: boolean;
}

/** A line with its place among those of other files. */
export interface ViewedLine extends FileLine {
  readonly source: LogSource;
  /** Milliseconds since the epoch; `null` when nothing tells it. */
  readonly at: number | null;
  /** What it is ordered by: its time, or the time of its file where nothing tells it. Never falls within a file. */
  readonly order: number;
}

/** One moment at which a log file was so long; the supervisor notes them. */
export interface IndexEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly inode: number;
  /** The size in bytes that the file had. */
  readonly offset: number;
}

/** How lines are taken from files. */
export interface LineShape {
  /** Bytes of a line that are kept. */
  readonly cap: number;
  /** What is longer is cut, or comes in pieces one after the other. */
  readonly long: 'cut' | 'pieces';
}

/** Reads any place of a file: fewer bytes than asked for where it has no more. */
export type ReadAt = (offset: number, length: number) => Buffer;
