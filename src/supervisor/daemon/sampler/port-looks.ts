import type { ProcessTable } from '../../../model/process-table.ts';
import type { BirthMark } from '../../../model/service.ts';

/** A service whose ports may be looked at. */
export interface PortOwner {
  readonly id: number;
  readonly members: readonly BirthMark[];
  /** Is it likely that its ports are others than before? */
  readonly isLikely: boolean;
}

/** Looks at ports when they may have changed. */
export interface PortLooks {
  /** Ports by service; those that were not looked at are missing. */
  readonly look: (owners: readonly PortOwner[], now: number) => ReadonlyMap<number, readonly number[]>;
}

/** A service may listen long after its start, or never; to look costs as much as to look at ten processes. */
const PAUSE_MS = 120_000;

/** The TCP ports that some processes listen on, in order. */
const portsOf = (table: ProcessTable, owners: readonly PortOwner[]): ReadonlyMap<number, readonly number[]> => {
  const held = table.listeners(owners.flatMap(({ members }) => members.map(({ pid }) => pid)));
  return new Map(
    owners.map(({ id, members }) => {
      const own = new Set(members.map(({ pid }) => pid));
      const ports = held.filter(({ pid }) => own.has(pid)).map(({ port }) => port);
      return [id, [...new Set(ports)].toSorted((a, b) => a - b)] as const;
    }),
  );
};

/** Starts to look: at likely ones always, at all of them now and then if a socket came or went at all. */
export const createPortLooks = (table: ProcessTable): PortLooks => {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let mark: string | null = null;
  const isTimeForAll = (now: number): boolean => {
    if (now - lookedAt < PAUSE_MS) return false;
    const before = mark;
    lookedAt = now;
    mark = table.listenMark();
    return mark === null || mark !== before;
  };
  return {
    look: (owners, now) => {
      const chosen = isTimeForAll(now) ? owners : owners.filter(({ isLikely }) => isLikely);
      return chosen.length === 0 ? new Map() : portsOf(table, chosen);
    },
  };
};
