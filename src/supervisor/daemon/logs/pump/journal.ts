import { errorCode } from '../../../../util/error-code.ts';
import { openAppendFile } from './append-file.ts';
import {
  emptyJournal,
  journalLine,
  readJournal,
  type JournalRecord,
  type JournalState,
  type OutputMark,
  type SourceMark,
} from './journal-lines.ts';

/**
 * What must be known after a sudden end to go on without losing or doubling a line. One record is one write, so what a
 * batch did to a source and to its outputs is known together or not at all.
 */
export interface Journal {
  readonly state: JournalState;
  /** Throws the system's error with nothing recorded. */
  readonly batch: (source: string | null, mark: SourceMark | null, outputs: ReadonlyMap<string, OutputMark>) => void;
  /** Holds from now on. Where it cannot be written, it is written with the next record that can. */
  readonly note: (record: JournalRecord) => void;
  readonly close: () => void;
}

const COMPACT_BYTES = 262_144;

const linesOf = ({ sources, outputs, runs }: JournalState): string =>
  [
    ...[...sources].map(([source, mark]) => journalLine({ source, mark, outputs: [] })),
    journalLine({ source: null, mark: null, outputs: [...outputs] }),
    ...[...runs].map(([run, start]) => journalLine({ run, start })),
  ].join('');

/** Opens the journal of a home, or begins one. */
export const openJournal = (path: string): Journal => {
  const state = emptyJournal();
  const file = openAppendFile(path);
  readJournal(state, file.text);
  let limit = Math.max(COMPACT_BYTES, file.size() * 2);
  let owed = '';

  const compact = (): void => {
    try {
      file.replace(linesOf(state));
    } catch (error) {
      // Without room it stays as long as it is, which is no harm.
      if (errorCode(error) === null) throw error;
    }
    limit = Math.max(COMPACT_BYTES, file.size() * 2);
  };

  const record = (line: string): void => {
    file.append(owed + line);
    owed = '';
    readJournal(state, line);
    if (file.size() >= limit) compact();
  };

  const note = (entry: JournalRecord): void => {
    const line = journalLine(entry);
    try {
      record(line);
    } catch (error) {
      if (errorCode(error) === null) throw error;
      owed += line;
      readJournal(state, line);
    }
  };

  return {
    state,
    batch: (source, mark, outputs) => record(journalLine({ source, mark, outputs: [...outputs] })),
    note,
    close: file.close,
  };
};
