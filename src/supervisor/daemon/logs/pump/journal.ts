import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { append } from '../files/read-write.ts';
import {
  emptyJournal,
  journalLine,
  readJournal,
  type JournalState,
  type OutputMark,
  type RunStart,
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
  readonly run: (id: number, start: RunStart | null) => void;
  readonly close: () => void;
}

const COMPACT_BYTES = 262_144;

const openPrivate = (path: string): number => {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  fchmodSync(descriptor, 0o600);
  return descriptor;
};

const readIfAny = (path: string): string => {
  const descriptor = openPrivate(path);
  try {
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
};

/** Opens the journal of a home, or begins one. */
export const openJournal = (path: string): Journal => {
  const state = emptyJournal();
  readJournal(state, readIfAny(path));
  let size = 0;

  const compacted = (): number => {
    const next = `${path}.next`;
    const lines = [
      ...[...state.sources].map(([source, mark]) => journalLine({ source, mark, outputs: [] })),
      journalLine({ source: null, mark: null, outputs: [...state.outputs] }),
      ...[...state.runs].map(([run, start]) => journalLine({ run, start })),
    ];
    writeFileSync(next, lines.join(''), { mode: 0o600 });
    renameSync(next, path);
    const descriptor = openPrivate(path);
    ({ size } = fstatSync(descriptor));
    return descriptor;
  };

  // A line that was not written whole must not be grown together with the next one.
  let descriptor = compacted();
  let limit = Math.max(COMPACT_BYTES, size * 2);

  const record = (line: string): void => {
    const bytes = Buffer.from(line);
    try {
      append(descriptor, bytes);
    } catch (error) {
      ftruncateSync(descriptor, size);
      throw error;
    }
    size += bytes.length;
    readJournal(state, line);
    if (size < limit) return;
    const old = descriptor;
    descriptor = compacted();
    closeSync(old);
    limit = Math.max(COMPACT_BYTES, size * 2);
  };

  return {
    state,
    batch: (source, mark, outputs) => record(journalLine({ source, mark, outputs: [...outputs] })),
    run: (run, start) => record(journalLine({ run, start })),
    close: () => closeSync(descriptor),
  };
};
