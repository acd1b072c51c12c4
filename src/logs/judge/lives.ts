import type { ErrorBlock } from '../lives/error-blocks.ts';
import type { EndEvent, LifeEvent, NoteEvent, StartEvent, StartReason } from '../lives/events.ts';
import type { TrackSummary } from '../lives/track-state.ts';
import type { LogEntry } from '../types.ts';

/** From one start to the next. */
export interface Life {
  readonly start: StartEvent | null;
  /** Why the life after it began; null for the last. */
  readonly followedBy: StartReason | null;
  readonly end: EndEvent | null;
  readonly notes: readonly NoteEvent[];
  readonly blocks: readonly ErrorBlock[];
  readonly lines: number;
  /** Milliseconds to the next start, or to the last line. */
  readonly duration: number | null;
  /** Its last lines. */
  readonly tail: readonly LogEntry[];
}

const LIVES_KEPT = 50;

const isStart = (kind: string | null): ((event: LifeEvent) => event is StartEvent) =>
  ((event) => event.type === 'start' && event.kind === kind) as (event: LifeEvent) => event is StartEvent;

/** The end that tells most: with a signal or a code before one without; the first one before the runner's echo of it. */
const tellingEnd = (ends: readonly EndEvent[]): EndEvent | null =>
  ends.find(({ signal, weak }) => signal !== null && !weak) ??
  ends.find(({ code, weak }) => code !== null && !weak) ??
  ends.find(({ weak }) => !weak) ??
  ends[0] ??
  null;

interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** A start line stands before its life; a line recognised as a life's first is its first. */
const within =
  ({ from, to }: Bounds) =>
  ({ position }: { readonly position: number }): boolean =>
    position >= from && position < to;

const durationOf = (track: TrackSummary, start: StartEvent | null, next: StartEvent | null): number | null => {
  const startedAt = start?.entry.at ?? track.firstAt;
  const endedAt = next === null ? track.lastAt : next.entry.at;
  return startedAt === null || endedAt === null ? null : endedAt - startedAt;
};

const lifeBetween = (track: TrackSummary, start: StartEvent | null, next: StartEvent | null): Life => {
  const bounds = { from: start?.position ?? 0, to: next?.position ?? Number.POSITIVE_INFINITY };
  const inside = track.events.filter(within(bounds));
  return {
    start,
    followedBy: next?.reason ?? null,
    end: tellingEnd(inside.filter((event) => event.type === 'end')),
    notes: inside.filter((event) => event.type !== 'start' && event.type !== 'end'),
    blocks: track.blocks.filter(within(bounds)),
    lines: Math.min(bounds.to, track.lines + 1) - bounds.from,
    duration: durationOf(track, start, next),
    tail: next === null ? track.tail : next.before,
  };
};

/** The latest lives, oldest first, as starts of one kind divide them. */
export const livesOf = (track: TrackSummary, kind: string | null): readonly Life[] => {
  const starts = track.events.filter(isStart(kind)).slice(-LIVES_KEPT);
  const [first] = starts;
  if (first === undefined) return [lifeBetween(track, null, null)];
  const lives = starts.map((start, index) => lifeBetween(track, start, starts[index + 1] ?? null));
  const hasBefore = first.reason !== 'first' && first.position > 1;
  return hasBefore ? [lifeBetween(track, null, first), ...lives] : lives;
};
