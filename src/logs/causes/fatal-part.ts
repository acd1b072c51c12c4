import { caretsOf } from './quoted-source.ts';

/** The lines of the error that ended the program; both ends belong to it. */
export interface FatalPart {
  readonly from: number;
  readonly to: number;
  /** The line that says what was thrown; -1 where no form of it is known. */
  readonly headline: number;
  readonly rejection: boolean;
  /** Where the lines of this life begin, as far as the block tells: below the end of an earlier program. */
  readonly since: number;
}

const NODE_VERSION = /^(?:\S+:\s)?Node\.js v\d+\.\d+/;
const REJECTION = /internal\/process\/promises:\d+|fromPromise|UnhandledPromiseRejection|ERR_UNHANDLED_REJECTION/;
const HEADLINE = /^(?:\S+:\s)?(?:Uncaught\s)?(?:[A-Za-z_][\w.]*)?(?:Error|Exception)\b/;
const TRACEBACK = /^\s*(?:\S+:\s)?Traceback \(most recent call last\):/;
const CHAINED = /^\s*(?:During handling of the above exception|The above exception was the direct cause)/;
const PYTHON_HEADLINE = /^[A-Za-z_][\w.]*(?::\s|$)/;
const OTHER_STARTS =
  /^(?:panic: |fatal error: |Exception in thread "|thread '[^']*'(?: \(\d+\))? panicked at |\S+\.r[bu]:\d+:in [`'].*\([\w:]+\)$)|^APPLICATION FAILED TO START$|\bApplication run failed\b/;

/** Traces longer than this are cut by whoever collects the block. */
const FARTHEST_START = 120;
/** A program that goes on after a trace was not ended by it. */
const LINES_AFTER_END = 6;

const lastIndexOf = (block: readonly string[], pattern: RegExp): number =>
  block.findLastIndex((line) => pattern.test(line));

const firstSaid = (block: readonly string[], from: number, to: number): number => {
  for (let index = from; index < to; index += 1) if ((block[index] ?? '').trim() !== '') return index;
  return -1;
};

const nodePart = (block: readonly string[]): FatalPart | null => {
  const to = lastIndexOf(block, NODE_VERSION);
  if (to === -1) return null;
  const since = lastIndexOf(block.slice(0, to), NODE_VERSION) + 1;
  const farthest = Math.max(since, to - FARTHEST_START);
  for (let from = to - 1; from >= farthest; from -= 1) {
    const carets = caretsOf(block, from);
    if (carets === -1) continue;
    const rejection = block.slice(from, to).some((line) => REJECTION.test(line));
    return { from, to, headline: firstSaid(block, carets + 1, to), rejection, since };
  }
  const headline = block.slice(farthest, to).findLastIndex((line) => HEADLINE.test(line));
  if (headline === -1) return null;
  const from = farthest + headline;
  return { from, to, headline: from, rejection: block.slice(from, to).some((line) => REJECTION.test(line)), since };
};

const pythonPart = (block: readonly string[]): FatalPart | null => {
  const last = lastIndexOf(block, TRACEBACK);
  if (last === -1) return null;
  const offset = block.slice(last + 1).findIndex((line) => PYTHON_HEADLINE.test(line));
  if (offset === -1) return null;
  const to = last + 1 + offset;
  if (block.length - 1 - to > LINES_AFTER_END) return null;
  let from = last;
  while (block.slice(Math.max(0, from - 3), from).some((line) => CHAINED.test(line))) {
    const earlier = lastIndexOf(block.slice(0, from), TRACEBACK);
    if (earlier === -1) break;
    from = earlier;
  }
  return { from, to, headline: to, rejection: false, since: 0 };
};

const otherPart = (block: readonly string[]): FatalPart | null => {
  const from = lastIndexOf(block, OTHER_STARTS);
  return from === -1 ? null : { from, to: block.length - 1, headline: from, rejection: false, since: 0 };
};

/**
 * The error that ended a life, where its runtime marks it as such: Node by its version below the stack, others
 * by the form of the trace when the life ended. `null` when there is no such mark.
 */
export const fatalPart = (block: readonly string[], crashed: boolean): FatalPart | null =>
  nodePart(block) ?? (crashed ? (pythonPart(block) ?? otherPart(block)) : null);
