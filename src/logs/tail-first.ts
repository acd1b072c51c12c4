import { diagnoseLogs, startWordsOf } from './diagnose-logs.ts';
import type { LogDiagnosis, LogOptions, LogReport, LogSource } from './types.ts';

/** A file that can be read at any place. */
export interface RandomAccess {
  readonly name: string;
  readonly modifiedAt: number | null;
  readonly size: number;
  /**
   * Fewer bytes than asked for when the file became shorter; none at its end. Each answer may lie where the one before
   * lay: it is done with when the next is asked for.
   */
  readonly read: (offset: number, length: number) => Uint8Array | Promise<Uint8Array>;
}

export interface TailReport extends LogReport {
  /** The byte where reading began, of the file that was read the least of; 0 when all of them were read whole. */
  readonly from: number;
  /** Files whose part began within a line longer than a chunk, so that the line was cut. */
  readonly cutLines: readonly string[];
}

export interface TailOptions extends LogOptions {
  readonly windowBytes?: number;
  /** How many bytes before the end are read at the most. */
  readonly mostBytes?: number;
}

const WINDOW_BYTES = 16_777_216;
const MOST_BYTES = 134_217_728;
const CHUNK_BYTES = 262_144;
/** A loop whose first restart stands this near the beginning of the window may be older than the window. */
const EDGE_SHARE = 0.1;
/** So many bytes of a window are read line by line, to learn what its lines look like. */
const READ_ALL_BYTES = 8192;
/** So many bytes before the end are read line by line first: what begins lives shows best where they end. */
const LEARNED_BYTES = 16_384;
const NEWLINE = 10;

const chunksFrom = async function* (file: RandomAccess, from: number): AsyncGenerator<Uint8Array> {
  for (let offset = from; offset < file.size;) {
    const chunk = await file.read(offset, Math.min(CHUNK_BYTES, file.size - offset));
    if (chunk.length === 0) return;
    offset += chunk.length;
    yield chunk;
  }
};

interface Window {
  readonly source: LogSource;
  readonly size: number;
  readonly cutLine: boolean;
}

/** The first whole line after a place; a line longer than a chunk is entered in its middle. */
const lineStartAfter = async (file: RandomAccess, place: number): Promise<{ at: number; cut: boolean }> => {
  if (place === 0) return { at: 0, cut: false };
  const chunk = await file.read(place - 1, CHUNK_BYTES);
  const lineEnd = chunk.indexOf(NEWLINE);
  return lineEnd === -1 ? { at: place, cut: true } : { at: place + lineEnd, cut: false };
};

/** A compressed file has no end that could be read without its beginning. */
const isCompressed = ({ name }: RandomAccess): boolean => /\.gz(?:ip)?$/i.test(name);

const windowOf = async (file: RandomAccess, bytes: number): Promise<Window> => {
  const { name, modifiedAt, size } = file;
  const { at, cut } = await lineStartAfter(file, isCompressed(file) ? 0 : Math.max(0, size - bytes));
  const source: LogSource = { name, modifiedAt, chunks: chunksFrom(file, at), startOffset: at, fromStart: at === 0 };
  // A part of a file is no part of a rotated log: what lies between it and the older file was not read.
  return { source: at === 0 ? source : { ...source, stream: name }, size, cutLine: cut };
};

/** What begins lives at the end of a file that is too long to be read line by line. */
const learn = async (file: RandomAccess, options: TailOptions): Promise<readonly string[]> =>
  isCompressed(file) || file.size <= LEARNED_BYTES * 2
    ? []
    : startWordsOf((await windowOf(file, LEARNED_BYTES)).source, options);

const mayBeOlder = ({ restartLoop, firstStartOffset, files }: LogDiagnosis, { source, size }: Window): boolean => {
  const from = source.startOffset ?? 0;
  if (!restartLoop || from === 0 || firstStartOffset === null || !files.includes(source.name)) return false;
  return firstStartOffset - from < (size - from) * EDGE_SHARE;
};

/**
 * Answers from the ends of files: the last 16 MiB of each first, and twice as many for as long as a loop is open at
 * their beginning. Restarts are those of the part that was read. Line numbers are told only where all of a file was.
 * `streams` are read beside them, and only once.
 */
export const diagnoseEnds = async (
  files: readonly RandomAccess[],
  streams: readonly LogSource[],
  options: TailOptions,
): Promise<TailReport> => {
  const most = options.mostBytes ?? MOST_BYTES;
  const words: (readonly string[])[] = [];
  for (const file of files) words.push(await learn(file, options));
  for (let bytes = Math.min(options.windowBytes ?? WINDOW_BYTES, most); ; bytes = Math.min(most, bytes * 2)) {
    const windows: Window[] = [];
    for (const file of files) windows.push(await windowOf(file, bytes));
    const from = Math.max(0, ...windows.map(({ source }) => source.startOffset ?? 0));
    const sources = windows.map(({ source }, index) => ({ ...source, startWords: words[index] ?? [] }));
    const few = from === 0 ? options : { readAllBytes: READ_ALL_BYTES, ...options };
    const report = await diagnoseLogs([...sources, ...streams], few);
    const isOpen = report.diagnoses.some((diagnosis) => windows.some((window) => mayBeOlder(diagnosis, window)));
    if (!isOpen || bytes >= most || streams.length > 0) {
      return { ...report, from, cutLines: windows.flatMap(({ source, cutLine }) => (cutLine ? [source.name] : [])) };
    }
  }
};

/** The same for one file. */
export const diagnoseTail = (file: RandomAccess, options: TailOptions): Promise<TailReport> =>
  diagnoseEnds([file], [], options);
