import { forgetRun, noMemory } from './error-memory.ts';
import { livesInterrupted, noLives } from './life-memory.ts';
import type { LineSink } from './line-sink.ts';
import type { NeedleFinder } from './needle-finder.ts';
import { emit, passLivesAlike } from './read-line.ts';
import type { ScanOptions, ScanState } from './scan-state.ts';

const NEWLINE = 10;
/** Lines before one that matters: code frames. */
const LINES_BEFORE = 4;
/** Of a log that is longer than one block so much is read line by line, to learn what its lines look like. */
const LEARNED_BYTES = 32_768;
/** So much is looked at in one go: what a core has at hand. */
const BLOCK_BYTES = 262_144;

export interface LineScanner {
  /** The chunk may be used again as soon as this returns. */
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => void;
}

/** The beginning of the line that is `lines` before the one beginning at `start`, not before `floor`. */
const linesBack = (bytes: Buffer, start: number, floor: number, lines: number): number => {
  let begin = start;
  for (let i = 0; i < lines && begin > floor; i += 1) {
    begin = begin < 2 ? floor : Math.max(floor, bytes.lastIndexOf(NEWLINE, begin - 2) + 1);
  }
  return begin;
};

/** A code frame ends with an empty line before the error; the lines of other errors stand below them. */
const linesWantedBefore = (bytes: Buffer, lineStart: number): number =>
  bytes[lineStart - 1] === NEWLINE && bytes[lineStart - 2] === NEWLINE ? LINES_BEFORE : 0;

const skip = (state: ScanState, finder: NeedleFinder, from: number, to: number): void => {
  if (to <= from) return;
  const count = finder.countLines(from, to);
  const start = linesBack(state.text, to, from, 1);
  forgetRun(state.memory);
  livesInterrupted(state.lives);
  state.number += count;
  const { text: bytes, number, offset } = state;
  state.sink.skipped(count, { bytes, start, end: to - 1, number: number - 1, offset: offset + start });
};

/** From now on the text lies where the search reads it. */
const prepare = (state: ScanState): NeedleFinder => {
  const { text, filled, options } = state;
  const finder = options.finder(text.subarray(0, filled), text.length);
  finder.text.set(text.subarray(0, filled));
  state.text = finder.text;
  state.finder = finder;
  return finder;
};

/** Goes to the next line that matters, over those that do not. */
const seek = (state: ScanState, from: number, lastLineEnd: number): number => {
  const finder = state.finder ?? prepare(state);
  const { text } = state;
  if (!state.searched) finder.search(from, lastLineEnd);
  state.searched = true;
  const found = finder.next(from);
  const lineStart = found === -1 ? lastLineEnd : Math.max(from, text.lastIndexOf(NEWLINE, found) + 1);
  const wanted = found === -1 ? LINES_BEFORE : linesWantedBefore(text, lineStart);
  const begin = linesBack(text, lineStart, from, wanted);
  skip(state, finder, from, begin);
  if (found === -1) state.attention = 0;
  else state.attention = begin < lineStart ? LINES_BEFORE + 1 : 1;
  return begin;
};

/** Reads the whole lines there are; gives where it stopped. */
const scan = (state: ScanState, lastLineEnd: number): number => {
  let place = state.waiting ? passLivesAlike(state, 0) : 0;
  while (place < lastLineEnd && !state.waiting) {
    if (state.attention <= 0 && state.offset + place >= state.readAllUntil) {
      place = seek(state, place, lastLineEnd);
      if (state.attention === 0) return place;
    }
    place = emit(state, place, state.text.indexOf(NEWLINE, place));
  }
  return place;
};

/** Moves what is left to the beginning of the text. */
const drop = (state: ScanState, bytes: number): void => {
  state.text.copyWithin(0, bytes, state.filled);
  state.filled -= bytes;
  state.offset += bytes;
};

const lastLineEndOf = ({ text, filled }: ScanState): number => text.subarray(0, filled).lastIndexOf(NEWLINE) + 1;

/** A line without an end in sight is read once, up to its limit, and the rest of it dropped. */
const cutLine = (state: ScanState): void => {
  emit(state, 0, state.filled);
  state.number -= 1;
  state.inCutLine = true;
  drop(state, state.filled);
};

/** Makes room in a text that is full. */
const work = (state: ScanState): void => {
  const { readAllBytes, learnedBytes = LEARNED_BYTES, offset } = state.options;
  // A full text that is not read to its end is one of a long log.
  if (readAllBytes <= state.text.length) state.readAllUntil = offset + Math.min(learnedBytes, readAllBytes);
  const lastLineEnd = lastLineEndOf(state);
  state.searched = false;
  const done = scan(state, lastLineEnd);
  if (done > 0) drop(state, done);
  else if (lastLineEnd === 0) cutLine(state);
  // Lines that only wait for what follows them, and fill all of the text.
  else drop(state, emit(state, 0, state.text.indexOf(NEWLINE)));
};

/** Drops the rest of a line that was cut; gives how much of the chunk that is. */
const passCutLine = (state: ScanState, chunk: Buffer): number => {
  const lineEnd = chunk.indexOf(NEWLINE) + 1;
  const dropped = lineEnd === 0 ? chunk.length : lineEnd;
  state.offset += dropped;
  if (lineEnd !== 0) {
    state.inCutLine = false;
    state.number += 1;
  }
  return dropped;
};

const push = (state: ScanState, chunk: Uint8Array): void => {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  for (let place = 0; place < bytes.length;) {
    if (state.inCutLine) place += passCutLine(state, bytes.subarray(place));
    else {
      const taken = bytes.copy(state.text, state.filled, place);
      place += taken;
      state.filled += taken;
      if (state.filled === state.text.length) work(state);
    }
  }
};

const end = (state: ScanState): void => {
  state.searched = false;
  state.ended = true;
  let place = scan(state, lastLineEndOf(state));
  while (place < state.filled) {
    const lineEnd = state.text.subarray(0, state.filled).indexOf(NEWLINE, place);
    place = emit(state, place, lineEnd === -1 ? state.filled : lineEnd);
  }
  drop(state, state.filled);
};

/**
 * Splits bytes into lines. A log of up to `readAllBytes` is read line by line, and so is the beginning of a longer
 * one. After it only lines that hold one of the finder's words are, with a few lines around them; the others are counted. The bytes are looked at in blocks of one size,
 * so what is read does not depend on the sizes of the chunks. Memory is one block.
 */
export const lineScanner = (sink: LineSink, options: ScanOptions): LineScanner => {
  const state: ScanState = {
    sink,
    options,
    memory: noMemory(),
    lives: noLives(),
    text: Buffer.allocUnsafe(options.blockBytes ?? BLOCK_BYTES),
    filled: 0,
    finder: null,
    searched: false,
    offset: options.offset,
    number: 1,
    readAllUntil: options.offset + options.readAllBytes,
    attention: 0,
    inCutLine: false,
    waiting: false,
    ended: false,
  };
  return { push: (chunk) => push(state, chunk), end: () => end(state) };
};
