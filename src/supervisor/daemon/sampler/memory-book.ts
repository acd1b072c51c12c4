import type { ProcessTable, TableRow } from '../../../model/process-table.ts';

/** How closely the memory of one service is to be told. */
export interface MemoryNeed {
  readonly limitBytes: number | null;
  /** Does somebody look at it? */
  readonly isWatched: boolean;
  readonly now: number;
}

/** The memory of a tree, and whether it is over its limit by a measure that was just taken. */
export interface MemoryReading {
  readonly bytes: number;
  readonly isOver: boolean;
}

/** Knows the memory of the trees of one service without measuring it each time. */
export interface MemoryBook {
  readonly read: (rows: readonly TableRow[], need: MemoryNeed) => MemoryReading;
}

/** The proportional share of a process when it was last measured, and what was resident then. */
interface Share {
  readonly born: number;
  /** `null` where it cannot be read. */
  readonly pss: number | null;
  readonly rss: number;
  readonly at: number;
}

const MEGABYTE = 1024 * 1024;
const MOVED_BYTES = 4 * MEGABYTE;
const MOVED_SHARE = 0.05;

/** Measuring takes as long as looking at fifty processes. */
const PAUSE_MS = 30_000;

/** A share changes without its process when others that share its pages come and go. */
const OLD_MS = 300_000;

const hasMoved = (row: TableRow, share: Share): boolean => {
  const difference = Math.abs(row.rssBytes - share.rss);
  return difference > MOVED_BYTES || difference > share.rss * MOVED_SHARE;
};

/** What grew since the last measure counts as the process's own; what went was shared and own alike. */
const estimate = (row: TableRow, share: Share | undefined): number => {
  if (share === undefined || share.pss === null) return row.rssBytes;
  if (row.rssBytes >= share.rss) return share.pss + row.rssBytes - share.rss;
  return (share.pss * row.rssBytes) / share.rss;
};

const isOlder = (share: Share | undefined, ageMs: number, now: number): boolean =>
  share === undefined || now - share.at >= ageMs;

/** Opens the book of one service. */
export const createMemoryBook = (table: ProcessTable): MemoryBook => {
  const shares = new Map<number, Share>();
  let measuredAt = Number.NEGATIVE_INFINITY;
  const shareOf = ({ pid, born }: TableRow): Share | undefined => {
    const share = shares.get(pid);
    return share?.born === born ? share : undefined;
  };
  const sum = (rows: readonly TableRow[]): number =>
    rows.reduce((total, row) => total + estimate(row, shareOf(row)), 0);
  const measure = (rows: readonly TableRow[], now: number, isDue: (row: TableRow, share?: Share) => boolean): void => {
    for (const row of rows.filter((one) => isDue(one, shareOf(one)))) {
      shares.set(row.pid, { born: row.born, pss: table.pssBytes(row.pid), rss: row.rssBytes, at: now });
    }
  };
  const keepUp = (rows: readonly TableRow[], { isWatched, now }: MemoryNeed): void => {
    measure(rows, now, (_, share) => share === undefined);
    if (!isWatched && now - measuredAt < PAUSE_MS) return;
    measuredAt = now;
    const oldMs = isWatched ? PAUSE_MS : OLD_MS;
    measure(rows, now, (row, share) => isOlder(share, oldMs, now) || (share !== undefined && hasMoved(row, share)));
  };
  /** Resident bytes count shared pages for each process, so their sum alone judges nobody. */
  const judge = (rows: readonly TableRow[], limitBytes: number, now: number): boolean => {
    if (rows.reduce((total, row) => total + row.rssBytes, 0) <= limitBytes) return false;
    measure(rows, now, (_, share) => isOlder(share, PAUSE_MS, now));
    if (sum(rows) <= limitBytes) return false;
    measure(rows, now, (_, share) => share?.at !== now);
    return sum(rows) > limitBytes;
  };
  return {
    read: (rows, need) => {
      const living = new Set(rows.map(({ pid }) => pid));
      for (const pid of shares.keys()) if (!living.has(pid)) shares.delete(pid);
      keepUp(rows, need);
      const isOver = need.limitBytes !== null && judge(rows, need.limitBytes, need.now);
      return { bytes: Math.round(sum(rows)), isOver };
    },
  };
};
