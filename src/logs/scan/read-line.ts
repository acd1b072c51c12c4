import { forgetRun, runAgain, runEnds, runGrows } from './error-memory.ts';
import { lifeEnds, lifeLength, livesAhead, passLives } from './life-memory.ts';
import type { RawLine } from './line-sink.ts';
import type { ScanState } from './scan-state.ts';

/** Lines of text are cut here. */
export const LINE_BYTES = 8192;
/** Lines of JSON wrap shorter texts, so they may be longer. */
const WRAPPED_LINE_BYTES = 65_536;
const OPENING_BRACE = 0x7b;
/** Lines after one that matters: stacks, the next start. */
const LINES_AFTER = 6;
/** After so many lives that say the same, the next such are only counted, */
const LIVES_ALIKE = 12;
/** but for the last of them that are at hand: those are the ones to be judged. */
const LIVES_READ = 64;
/** Lives that wait leave room for others. */
const MOST_WAITING = 0.5;

const limitOf = (bytes: Buffer, start: number): number =>
  bytes[start] === OPENING_BRACE ? WRAPPED_LINE_BYTES : LINE_BYTES;

/** Passes over the error known by heart when it begins with the line just read; gives where the next line begins. */
const passKnown = (state: ScanState, line: RawLine, next: number): number => {
  const known = runAgain(state.memory, state.text, line.start, state.filled);
  if (known === null) return next;
  state.sink.repeated(known.lines - 1, line);
  state.number += known.lines - 1;
  return line.start + known.length;
};

/**
 * Passes over lives that say the same as those before. The last ones at hand wait for the next block, which may show that
 * they are not the last. Gives where the next line begins.
 */
export const passLivesAlike = (state: ScanState, place: number): number => {
  const { lives, text, filled, sink } = state;
  const ahead = livesAhead(lives, text, place, filled);
  const { length, lines } = passLives(lives, Math.max(0, ahead - LIVES_READ));
  if (length > 0) sink.livesPassed(ahead - LIVES_READ);
  state.number += lines;
  const next = place + length;
  const left = filled - place - ahead * lifeLength(lives);
  state.waiting = !state.ended && left < lifeLength(lives) && filled - next < text.length * MOST_WAITING;
  return next;
};

const afterLife = (state: ScanState, place: number): number => {
  const { lives, text, offset, number } = state;
  const alike = lifeEnds(lives, text, { offset, place, number });
  state.sink.alike(alike);
  return alike < LIVES_ALIKE || offset + place < state.readAllUntil ? place : passLivesAlike(state, place);
};

/** Reads one line; gives where the next begins. */
export const emit = (state: ScanState, start: number, end: number): number => {
  const { sink, text: bytes, offset, memory } = state;
  const stop = Math.min(end, start + limitOf(bytes, start));
  const line: RawLine = { bytes, start, end: stop, number: state.number, offset: offset + start };
  const matters = sink.line(line);
  state.attention = matters ? LINES_AFTER : state.attention - 1;
  state.number += 1;
  const error = sink.errorState();
  if (error === 'open') return runGrows(memory, line.offset) ? passKnown(state, line, end + 1) : end + 1;
  if (error === 'none') forgetRun(memory);
  else {
    if (runEnds(memory, bytes, offset, line.offset)) sink.learned();
    // A line that is the last of the text and has no end yet is followed by nothing.
    if (end < state.filled) return afterLife(state, end + 1);
  }
  return end + 1;
};
