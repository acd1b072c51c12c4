import type { StartReason } from './events.ts';

/** How often a service started, by one way of recognising a start. */
export interface StartCount {
  readonly kind: string;
  readonly starts: number;
  /** The first start left no line; it is counted all the same. */
  readonly silentFirst: boolean;
  readonly unplanned: number;
  readonly edits: number;
  readonly instances: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Byte offset of the first start that was seen. */
  readonly firstOffset: number | null;
  /** How many starts came right after trouble. */
  readonly afterTrouble: number;
  /** How many came right after a line that told that work was done. */
  readonly afterDone: number;
  /** How many came right after a line that told of going on, as a retry does. */
  readonly afterGoingOn: number;
  /** Times of the latest unplanned restarts. */
  readonly times: readonly number[];
}

type Open = { -readonly [key in keyof StartCount]: StartCount[key] } & {
  lastPosition: number;
  times: number[];
  seen: Set<string>;
};

const INSTANCES_KEPT = 64;
const TIMES_KEPT = 60;

export interface StartCounter {
  readonly add: (start: {
    readonly kind: string;
    readonly reason: (since: number) => StartReason;
    readonly at: number | null;
    readonly offset: number;
    readonly position: number;
    readonly instance: string | null;
    readonly silentFirst: boolean;
    readonly afterTrouble: boolean;
    readonly afterDone: boolean;
    readonly afterGoingOn: boolean;
  }) => StartReason;
  readonly all: () => readonly StartCount[];
  readonly get: (kind: string) => StartCount | null;
}

const fresh = (kind: string, silentFirst: boolean): Open => ({
  kind,
  // The first start of such a runner left no line.
  starts: silentFirst ? 1 : 0,
  silentFirst,
  unplanned: 0,
  edits: 0,
  instances: silentFirst ? 1 : 0,
  firstAt: null,
  lastAt: null,
  firstOffset: null,
  afterTrouble: 0,
  afterDone: 0,
  afterGoingOn: 0,
  times: [],
  lastPosition: -1,
  seen: new Set(),
});

export const startCounter = (): StartCounter => {
  const kinds = new Map<string, Open>();

  const isFirstOf = (count: Open, instance: string | null): boolean => {
    const key = instance ?? '';
    if (count.seen.has(key)) return false;
    if (count.seen.size < INSTANCES_KEPT) count.seen.add(key);
    return true;
  };

  const tally = (count: Open, reason: StartReason, at: number | null): void => {
    if (reason === 'unplanned' || reason === 'memory') {
      count.unplanned += 1;
      if (at !== null) count.times.push(at);
      if (count.times.length > TIMES_KEPT * 2) count.times = count.times.slice(-TIMES_KEPT);
    } else if (reason === 'edit') count.edits += 1;
  };

  return {
    add: ({ kind, reason, at, offset, position, instance, silentFirst, afterTrouble, afterDone, afterGoingOn }) => {
      const count = kinds.get(kind) ?? fresh(kind, silentFirst);
      kinds.set(kind, count);
      const first = isFirstOf(count, instance) && !silentFirst;
      if (first) count.instances += 1;
      const why = first ? 'first' : reason(count.lastPosition);
      count.starts += 1;
      if (afterTrouble) count.afterTrouble += 1;
      if (afterDone) count.afterDone += 1;
      if (afterGoingOn) count.afterGoingOn += 1;
      count.firstAt ??= at;
      count.firstOffset ??= offset;
      count.lastAt = at ?? count.lastAt;
      count.lastPosition = position;
      tally(count, why, at);
      return why;
    },
    all: () => [...kinds.values()],
    get: (kind) => kinds.get(kind) ?? null,
  };
};
