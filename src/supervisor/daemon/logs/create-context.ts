import { closeSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ProcessTable } from '../../../model/process-table.ts';
import type { Home } from '../../state/home.ts';
import { logNotesFolder } from '../../state/log-index.ts';
import { createPauser } from './exact/pause.ts';
import { openSlot } from './exact/slot.ts';
import { createLogIndexes } from './files/log-indexes.ts';
import type { LogContext } from './log-context.ts';
import { createProblems } from './problems.ts';
import { openJournal } from './pump/journal.ts';
import { createScheduler } from './scheduler.ts';

/** What a keeper needs to know. */
export interface LogKeeperOptions {
  readonly home: Home;
  readonly table: ProcessTable;
  readonly clock: { readonly now: () => number };
  /** Is told each trouble once, in a sentence or two. */
  readonly onProblem: (text: string) => void;
}

const PAUSE_BYTES = 65_536;
/** The longest beginning of a line that may stay, in base64, and paths. */
const CUT_BYTES = 393_216;

/** Opens what all parts share. Throws the system's error. */
export const createContext = ({ home, table, clock, onProblem }: LogKeeperOptions): LogContext => {
  const notes = logNotesFolder(home);
  for (const folder of [notes, home.spool]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const slots = {
    paused: openSlot(join(notes, 'paused.json'), PAUSE_BYTES),
    cut: openSlot(join(notes, 'cut.json'), CUT_BYTES),
  };
  const uptime = (): number => performance.now();
  const problems = createProblems(onProblem);
  return {
    home,
    table,
    now: clock.now,
    uptime,
    problems,
    scheduler: createScheduler(uptime),
    journal: openJournal(join(notes, 'journal')),
    pauser: createPauser(table, slots.paused, uptime),
    slots,

    indexes: createLogIndexes(home, (text) => problems.tell('index', text)),
    files: new Map(),
    taps: new Map(),
    compressing: null,
    closed: false,
  };
};

/** Lets go of everything that is open. */
export const closeContext = (context: LogContext): void => {
  context.closed = true;
  context.scheduler.close();
  context.compressing?.stop.abort();
  const files = [...context.files.values()];
  for (const { sources } of [...context.taps.values(), ...files.flatMap(({ strays }) => strays)]) {
    for (const { descriptor } of sources) closeSync(descriptor);
  }
  for (const { descriptor } of files) closeSync(descriptor);
  context.slots.paused.close();
  context.slots.cut.close();
  context.journal.close();
};
