import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import type { BirthMark, ServiceSample } from '../../../model/service.ts';
import { createMemoryBook, type MemoryReading } from './memory-book.ts';
import { createRing } from './ring.ts';

/** What is to be known for a sample besides the processes. */
export interface SampleMoment {
  readonly now: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly limitBytes: number | null;
  readonly isWatched: boolean;
  /** When every process was looked at the last time before this; whoever is new was born after it. */
  readonly lastPassAt: number;
}

/** What a sample told. */
export interface TreeReading extends MemoryReading {
  readonly cpuPercent: number;
}

/** The processes of one service from sample to sample. */
export interface WatchedTree {
  readonly members: () => readonly TableRow[];
  /** The same array as long as the members are the same. */
  readonly marks: () => readonly BirthMark[];
  /** May it go unread this time, since it has been still for long? Then the next sample tells what the last one told. */
  readonly rest: (now: number) => boolean;
  readonly sample: (rows: readonly TableRow[], moment: SampleMoment) => TreeReading;
  readonly samples: () => readonly ServiceSample[];
}

/** So young a run tells its load from all it used so far. */
const YOUNG_MS = 10_000;

/** For so long, a tree that used nothing and holds what it held is not read any closer. */
const STILL_MS = 30_000;

/** And then every other time, if nobody asks. */
const REST_MS = 3_000;

const sameIn = (members: readonly TableRow[], row: TableRow): TableRow | undefined =>
  members.find(({ pid, born }) => pid === row.pid && born === row.born);

const isStill = (rows: readonly TableRow[], members: readonly TableRow[]): boolean =>
  rows === members ||
  (rows.length === members.length &&
    rows.every((row) => {
      const before = sameIn(members, row);
      return before?.cpuMs === row.cpuMs && before.rssBytes === row.rssBytes;
    }));

/** Percent of one core since the last sample; `lastAt` is `null` at the first one. */
const loadOf = (
  rows: readonly TableRow[],
  members: readonly TableRow[],
  { now, startedAt, lastPassAt }: SampleMoment,
  lastAt: number | null,
): number => {
  const isYoung = now - startedAt <= YOUNG_MS;
  const elapsed = now - (lastAt ?? (isYoung ? startedAt : now));
  if (elapsed <= 0) return 0;
  const newcomersPart = lastAt === null ? 1 : elapsed / Math.max(elapsed, now - lastPassAt);
  // Of a process that ended in between nothing is known any more, so it takes nothing away.
  const used = rows.map((row) => {
    const before = sameIn(members, row);
    return before === undefined ? row.cpuMs * newcomersPart : Math.max(0, row.cpuMs - before.cpuMs);
  });
  return (100 * used.reduce((total, one) => total + one, 0)) / elapsed;
};

/** Starts to watch the processes of a service. */
export const watchTree = (table: ProcessTable): WatchedTree => {
  const book = createMemoryBook(table);
  const ring = createRing();
  let members: readonly TableRow[] = [];
  let marks: readonly BirthMark[] = [];
  let lastAt: number | null = null;
  let close: { readonly at: number; readonly reading: TreeReading } | null = null;
  let stillSince = Number.POSITIVE_INFINITY;
  let isResting = false;
  const readClosely = (rows: readonly TableRow[], moment: SampleMoment): TreeReading => {
    const reading = { cpuPercent: loadOf(rows, members, moment, lastAt), ...book.read(rows, moment) };
    const isSame = rows.length === members.length && rows.every((row) => sameIn(members, row) !== undefined);
    if (!isSame) marks = rows.map(({ pid, born }) => ({ pid, born, boot: table.boot }));
    members = rows;
    close = { at: moment.now, reading };
    return reading;
  };
  return {
    members: () => members,
    marks: () => marks,
    rest: (now) => {
      isResting = close !== null && lastAt !== null && now - stillSince >= STILL_MS && now - lastAt < REST_MS;
      return isResting;
    },
    sample: (rows, moment) => {
      const { now, isWatched } = moment;
      if (!isStill(rows, members)) stillSince = now;
      const isFresh = close !== null && now - close.at < STILL_MS && !isWatched;
      const isQuiet = isResting || (isFresh && isStill(rows, members));
      const reading = isQuiet && close !== null ? { ...close.reading, cpuPercent: 0 } : readClosely(rows, moment);
      // What is used meanwhile falls into the time since it was read.
      if (!isResting) lastAt = rows.length === 0 ? null : now;
      isResting = false;
      if (rows.length > 0) ring.push({ at: now, memoryBytes: reading.bytes, cpuPercent: reading.cpuPercent });
      return reading;
    },
    samples: ring.list,
  };
};
