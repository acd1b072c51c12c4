import type { Level, LogEntry } from '../types.ts';
import { blocksOf, isRawOpen, openRawLines, pushLine, repeatLines } from './error-blocks.ts';
import { beginFirstLine, isOneHigher, numbersOf, repeatFirstLine, type FirstLineState } from './first-line.ts';
import type { LineTraits } from './line-traits.ts';
import { markFor, note, start, takeMark } from './take-mark.ts';
import { TAIL_LINES, trackState, type TrackState, type TrackSummary } from './track-state.ts';

/** Follows one service through one stream. */
export interface ServiceTrack {
  /** Gives whether the lines after it may matter. */
  readonly push: (entry: LogEntry, traits: LineTraits) => boolean;
  /** Lines that were not read, of which the last is given. */
  readonly skip: (count: number, last: LogEntry) => void;
  /** Lines below a headline that say the same as before. */
  readonly repeat: (lines: () => readonly LogEntry[], count: number) => void;
  /** The lines of the error that a run-time prints at the moment. */
  readonly rawLines: () => readonly LogEntry[] | null;
  readonly isRawOpen: () => boolean;
  /** The lines that lives began with so far. */
  readonly startLines: () => readonly string[];
  readonly rename: (service: string) => void;
  readonly summary: () => TrackSummary;
}

const takeAfterEnd = (state: TrackState, entry: LogEntry, traits: LineTraits, level: Level | null): void => {
  const raw = level === null && (traits.isHeader || traits.isRaw);
  const numbers = numbersOf(entry.body);
  state.following.add(traits.template, {
    begins: raw || traits.template === state.first?.value.template,
    boots: traits.boots,
    isWeak: state.pendingWeak || isOneHigher(state.afterEnd, numbers),
  });
  state.afterEnd = numbers;
  start(state, 'after-end', entry);
  state.pendingEnd = false;
};

const takeFirst = (state: TrackState, entry: LogEntry, traits: LineTraits): void => {
  state.first = beginFirstLine(entry, traits, state.position);
  if (state.first.value.entry !== null) start(state, 'first-line', entry);
};

const takeFirstAgain = (state: TrackState, first: FirstLineState, entry: LogEntry): void => {
  if (first.value.entry === null) return;
  repeatFirstLine(first, entry.body, state.position, state.starts.get('first-line')?.starts ?? 1);
  start(state, 'first-line', entry);
};

const takeTemplate = (state: TrackState, entry: LogEntry, traits: LineTraits, level: Level | null): void => {
  const { template } = traits;
  state.templates.add(template);
  if (state.pendingEnd) takeAfterEnd(state, entry, traits, level);
  if (state.first === null) takeFirst(state, entry, traits);
  else if (template === state.first.value.template) takeFirstAgain(state, state.first, entry);
  else if (template === state.bootTemplate) start(state, 'boot-line', entry);
  else if (state.bootTemplate === null && traits.boots) {
    state.bootTemplate = template;
    start(state, 'boot-line', entry);
  }
};

const takeTime = (state: TrackState, { at, dated }: LogEntry): void => {
  if (at === null) return;
  state.firstAt ??= at;
  state.lastAt = at;
  state.dated ||= dated;
};

/** Native frames of V8 belong to the end above them. */
const NATIVE_FRAME = /^\d+: 0x|^-----/;

const takeOrdinary = (state: TrackState, entry: LogEntry, traits: LineTraits, level: Level | null): void => {
  if (entry.pid !== null && state.pids.see(entry.pid) === 'new') start(state, 'pid', entry);
  const belongs = state.pendingEnd && NATIVE_FRAME.test(entry.body);
  if (!traits.isBlank && !belongs && !traits.isIndented) takeTemplate(state, entry, traits, level);
  if (traits.asked) note(state, entry, 'asked', null);
  state.troubled = pushLine(state.blocks, entry, traits, level, state.position);
  if (!state.troubled) state.ordinary += 1;
  if (!traits.isBlank) state.doneLine = traits.done(level);
  state.tail.push(entry);
  if (state.tail.length > TAIL_LINES * 4) state.tail = state.tail.slice(-TAIL_LINES);
};

const push = (state: TrackState, entry: LogEntry, traits: LineTraits): boolean => {
  state.position += 1;
  takeTime(state, entry);
  const level = entry.level ?? traits.level;
  const mark = markFor(state, traits.mark);
  if (mark === null) takeOrdinary(state, entry, traits, level);
  else takeMark(state, entry, mark, traits);
  return state.pendingEnd || mark !== null || (state.troubled && level !== 'warn');
};

const skip = (state: TrackState, count: number, last: LogEntry): void => {
  state.position += count;
  state.ordinary += count;
  state.pendingEnd = false;
  takeTime(state, last);
};

/** A line that is frequent begins no lives, or so many that the others suffice. */
const RARE_SHARE = 0.1;

/** Of each way of recognising a start by its line, the line. */
const startLinesOf = ({ events, first, fromStart, templates, position }: TrackState): readonly string[] => {
  const firstLine = first?.value.entry ?? null;
  const isRare = templates.get(first?.value.template ?? '') <= position * RARE_SHARE;
  const lines = events
    .items()
    .flatMap((event) =>
      event.type === 'start' && (event.kind === 'after-end' || event.kind === 'boot-line') ? [event.entry.body] : [],
    );
  return [...(firstLine !== null && fromStart && isRare ? [firstLine.body] : []), ...lines.slice(-4)];
};

const summaryOf = (state: TrackState): TrackSummary => ({
  service: state.service,
  runner: state.runner,
  lines: state.position,
  ordinaryLines: state.ordinary,
  firstAt: state.firstAt,
  lastAt: state.lastAt,
  dated: state.dated,
  starts: state.starts.all(),
  events: state.events.items(),
  blocks: blocksOf(state.blocks),
  errors: state.blocks.counts,
  deaths: state.deaths,
  gaveUp: state.gaveUp,
  first: state.first?.value ?? null,
  fromStart: state.fromStart,
  successors: state.following.counts(state.templates.get),
  overlappingPids: state.pids.overlapping(),
  onlyPid: state.pids.only(),
  tail: state.tail.slice(-TAIL_LINES),
});

/** Follows one service through one stream, line by line. */
export const serviceTrack = (service: string | null, fromStart: boolean): ServiceTrack => {
  const state = trackState(service, fromStart);
  return {
    push: (entry, traits) => push(state, entry, traits),
    skip: (count, last) => skip(state, count, last),
    repeat: (lines, count) => {
      state.position += count;
      state.troubled = true;
      repeatLines(state.blocks, lines);
    },
    rawLines: () => openRawLines(state.blocks),
    isRawOpen: () => isRawOpen(state.blocks),
    startLines: () => startLinesOf(state),
    rename: (name) => {
      state.service = name;
    },
    summary: () => summaryOf(state),
  };
};
