import { setImmediate as turn } from 'node:timers/promises';
import { matchesGrep, type Wanted } from './line-filter.ts';
import { partChunks } from './part-chunks.ts';
import { closeParts, openRotated, rotatedPaths, type Part } from './parts.ts';
import { believedTime, type Calendar } from './place-in-time.ts';
import { lineSplitter } from './split-lines.ts';
import type { Dated, SpanOf } from './time-spans.ts';
import type { FileLine } from './types.ts';
import { linesBackwards, type Walk } from './walk-back.ts';

/** An open part with the times of its lines. */
export interface DatedPart {
  readonly part: Part;
  readonly spanOf: SpanOf;
}

/** From where a log must be read so that all wanted lines are met. */
export interface Start {
  /** The oldest first. */
  readonly parts: readonly DatedPart[];
  /** In the oldest of them. */
  readonly offset: number;
  /** That is within a line whose beginning is unknown. */
  readonly torn: boolean;
  /** Lines that match, whatever their age. */
  readonly matching: number;
}

/** How to look for a start. */
export interface Search {
  readonly wanted: Wanted;
  readonly calendar: Calendar;
  readonly walk: Walk;
  readonly spansOf: (part: Dated, age: number) => SpanOf;
  readonly onTrouble: (path: string, why: string) => void;
  /** Has the person lost patience? */
  readonly stopped: () => boolean;
}

/** How far a part was walked; `offset` is `null` when all of it is needed and more may be. */
interface Walked {
  readonly offset: number | null;
  readonly torn: boolean;
  readonly matching: number;
}

/** Fewer old lines in a row may be quotations, or the clock was put back. */
const OLD_ENOUGH = 64;

/** After so many lines others have their turn, so that signals are heard. */
const TURN_LINES = 4_096;

/** Tells when a walk has left the time that is asked for. */
const ageWatch = ({ spanOf }: DatedPart, { wanted: { since }, calendar }: Search): ((line: FileLine) => boolean) => {
  if (since === null) return () => false;
  let old = 0;
  return ({ bytes, offset }) => {
    const span = spanOf(offset);
    if (span.measured && span.high < since) return true;
    const at = believedTime(bytes, span, calendar);
    if (at !== null) old = at < since ? old + 1 : 0;
    return old >= OLD_ENOUGH;
  };
};

const walkPlain = async (dated: DatedPart, search: Search, before: number): Promise<Walked> => {
  const { wanted, walk, stopped } = search;
  const isTooOld = ageWatch(dated, search);
  let matching = before;
  let walked = 0;
  for (const line of linesBackwards(dated.part.read, dated.part.size, walk)) {
    if (matchesGrep(line, wanted)) matching += 1;
    walked += 1;
    if (walked % TURN_LINES === 0) await turn();
    if (line.torn || matching >= wanted.lines || isTooOld(line) || stopped()) {
      return { offset: line.offset, torn: line.torn, matching };
    }
  }
  return { offset: null, torn: false, matching };
};

/** A compressed part has no end that could be read without its beginning. */
const countPacked = async ({ part }: DatedPart, search: Search, before: number): Promise<Walked> => {
  const { wanted, walk, onTrouble } = search;
  const splitter = lineSplitter({ cap: walk.cap, long: 'cut' }, 0);
  const count = (lines: readonly FileLine[]): number => lines.filter((line) => matchesGrep(line, wanted)).length;
  let matching = before;
  for await (const chunk of partChunks(part, 0, (why) => onTrouble(part.path, why))) {
    matching += count(splitter.push(chunk));
  }
  const rest = splitter.rest();
  if (rest !== null) matching += count([rest]);
  return { offset: matching >= wanted.lines ? 0 : null, torn: false, matching };
};

const olderParts = function* (path: string, live: Part | null, onTrouble: Search['onTrouble']): Generator<Part> {
  const seen = new Set(live === null ? [] : [live.inode]);
  for (const older of rotatedPaths(path)) {
    const opened = openRotated(older);
    if (opened.part === null) {
      if (opened.why !== null) onTrouble(older, opened.why);
      // It was rotated again while it was looked for.
    } else if (seen.has(opened.part.inode)) closeParts([opened.part]);
    else {
      seen.add(opened.part.inode);
      yield opened.part;
    }
  }
};

const partsOf = function* (path: string, live: Part | null, onTrouble: Search['onTrouble']): Generator<Part> {
  if (live !== null) yield live;
  yield* olderParts(path, live, onTrouble);
};

/**
 * Goes back from the end of a log, and through what rotation made of its past, until as many lines are found as are
 * wanted, or all that are young enough. The parts stay open; the live one, where there is one, is among them only when
 * it is needed.
 */
export const findStart = async (path: string, live: Part | null, search: Search): Promise<Start> => {
  const { wanted, spansOf, onTrouble } = search;
  let start: Start = { parts: [], offset: 0, torn: false, matching: 0 };
  if (wanted.lines === 0) return start;
  let age = live === null ? 1 : 0;
  for (const part of partsOf(path, live, onTrouble)) {
    if (wanted.since !== null && part.modifiedAt < wanted.since) {
      if (part !== live) closeParts([part]);
      return start;
    }
    const dated = { part, spanOf: spansOf(part, age) };
    const walked = part.compressed
      ? await countPacked(dated, search, start.matching)
      : await walkPlain(dated, search, start.matching);
    start = { ...walked, parts: [dated, ...start.parts], offset: walked.offset ?? 0 };
    if (walked.offset !== null) return start;
    age += 1;
  }
  return start;
};
