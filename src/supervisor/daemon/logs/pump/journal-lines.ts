/** How far a source was passed on. */
export interface SourceMark {
  readonly inode: number;
  readonly offset: number;
  /** What stands before here is not passed on. */
  readonly base: number;
  /** The last thing passed on was a part of a line. */
  readonly mid: boolean;
}

/** How long a file was after the last thing we wrote to it. */
export interface OutputMark {
  readonly inode: number;
  readonly size: number;
}

/** Where in a log a run began. */
export interface StreamStart {
  readonly path: string;
  /** Of the file that was at the path then. */
  readonly inode: number;
  readonly offset: number;
  /** Where in the newest rotated part it began, when the log was rotated since; `null` when it was not. */
  readonly earlier: number | null;
  /** The service writes to it itself. */
  readonly isDirect: boolean;
}

/** Where the output of a service goes, and where it began. */
export interface RunStart {
  readonly out: StreamStart | null;
  readonly error: StreamStart | null;
}

/** All that the lines of a journal tell. */
export interface JournalState {
  readonly sources: Map<string, SourceMark>;
  readonly outputs: Map<string, OutputMark>;
  readonly runs: Map<number, RunStart>;
}

/** One record: how far a source is, or where a run began. `null` forgets. */
export type JournalRecord =
  | {
      readonly source: string | null;
      readonly mark: SourceMark | null;
      readonly outputs: readonly (readonly [string, OutputMark])[];
    }
  | { readonly run: number; readonly start: RunStart | null };

/** Nothing is known yet. */
export const emptyJournal = (): JournalState => ({ sources: new Map(), outputs: new Map(), runs: new Map() });

/** A record as it is written. */
export const journalLine = (record: JournalRecord): string => `${JSON.stringify(record)}\n`;

const put = <K, V>(map: Map<K, V>, key: K, value: V | null): void => {
  if (value === null) map.delete(key);
  else map.set(key, value);
};

const take = (state: JournalState, record: JournalRecord): void => {
  if ('run' in record) return put(state.runs, record.run, record.start);
  if (record.source !== null) put(state.sources, record.source, record.mark);
  for (const [path, mark] of record.outputs) state.outputs.set(path, mark);
};

const parse = (line: string): JournalRecord | null => {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === 'object' && record !== null ? (record as JournalRecord) : null;
  } catch {
    // A line that was not written whole did not happen.
    return null;
  }
};

/** Takes over what whole lines tell, in their order. What follows the last newline did not happen. */
export const readJournal = (state: JournalState, text: string): void => {
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    const record = line === '' ? null : parse(line);
    if (record !== null) take(state, record);
  }
};
