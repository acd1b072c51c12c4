import type { Level, LogEntry } from '../types.ts';
import { isFrameHeader, isStackLine } from './line-kinds.ts';
import type { LineTraits } from './line-traits.ts';
import { ring, type Ring } from './ring.ts';

/** Lines that belong to one error, with what its run-time printed around it. */
export interface ErrorBlock {
  readonly lines: readonly LogEntry[];
  readonly level: Level | null;
  /** Printed by the run-time for an error nobody caught. */
  readonly raw: boolean;
  /** The place in the service's lines where it began. */
  readonly position: number;
  readonly at: number | null;
}

/** How many errors began, how many of them a run-time printed, and how many were only warnings. */
export interface ErrorCounts {
  readonly all: number;
  /** Headlines that were no warnings; several may stand in one error. */
  readonly headlines: number;
  readonly raw: number;
  readonly warnings: number;
}

interface OpenBlock {
  readonly head: LogEntry[];
  readonly tail: LogEntry[];
  /** The lines after the first, when they are known by heart. */
  rest: (() => readonly LogEntry[]) | null;
  readonly level: Level | null;
  raw: boolean;
  readonly position: number;
  /** Lines that may still come before the headline: a code frame, the frames of a traceback, V8's last collections. */
  awaited: number;
  /** Whether lines that only belong to an error followed the last headline. */
  continued: boolean;
}

/** The errors of one service, each at most 60 lines. */
export interface ErrorBlocks {
  readonly done: Ring<ErrorBlock>;
  readonly counts: { all: number; headlines: number; raw: number; warnings: number };
  open: OpenBlock | null;
}

const HEAD_LINES = 40;
const TAIL_LINES = 20;
const AWAITED_LINES = 14;
const BLOCKS_KEPT = 120;

export const errorBlocks = (): ErrorBlocks => ({
  done: ring<ErrorBlock>(BLOCKS_KEPT),
  counts: { all: 0, headlines: 0, raw: 0, warnings: 0 },
  open: null,
});

/** A rejection that says its reason in the same line awaits no headline. */
const isPreamble = (body: string): boolean =>
  isFrameHeader(body) || /^Traceback |^<--- |^You have triggered|^\[?Unhandled[^:]*:?$/.test(body);

const keep = (block: OpenBlock, entry: LogEntry): void => {
  if (block.head.length < HEAD_LINES) block.head.push(entry);
  else {
    block.tail.push(entry);
    if (block.tail.length > TAIL_LINES) block.tail.shift();
  }
};

/** Lines known by heart are put into their new places only when somebody reads them. */
const linesOf = ({ head, tail, rest }: OpenBlock): readonly LogEntry[] =>
  rest === null ? [...head, ...tail] : [...head.slice(0, 1), ...rest(), ...head.slice(1), ...tail];

const sealed = (block: OpenBlock): ErrorBlock => ({
  get lines() {
    return linesOf(block);
  },
  level: block.level,
  raw: block.raw,
  position: block.position,
  at: block.head[0]?.at ?? null,
});

const close = (blocks: ErrorBlocks): void => {
  if (blocks.open !== null) blocks.done.push(sealed(blocks.open));
  blocks.open = null;
};

const begin = (blocks: ErrorBlocks, entry: LogEntry, level: Level | null, position: number, raw: boolean): void => {
  close(blocks);
  blocks.counts.all += 1;
  if (raw) blocks.counts.raw += 1;
  if (level === 'warn') blocks.counts.warnings += 1;
  const awaited = isPreamble(entry.body) ? AWAITED_LINES : 0;
  blocks.open = { head: [entry], tail: [], rest: null, level, raw, position, awaited, continued: false };
};

const CHAINED = /^(?:During handling of the above|The above exception was)/;
/** A blank line stands on either side of the words that chain two tracebacks. */
const CHAIN_LINES = 3;

const isChained = ({ head, tail }: OpenBlock): boolean =>
  [...head.slice(-CHAIN_LINES), ...tail.slice(-CHAIN_LINES)].slice(-CHAIN_LINES).some(({ body }) => CHAINED.test(body));

/** A headline right under another says more of the same error; one under a stack is the next error. */
const joins = (block: OpenBlock, body: string, level: Level | null, raw: boolean): boolean => {
  if ((block.level === 'warn') !== (level === 'warn') && level !== null) return false;
  if (isFrameHeader(body) || body.startsWith('Traceback ')) return isChained(block);
  return block.awaited > 0 || !block.continued || !raw;
};

const takeHeadline = (
  blocks: ErrorBlocks,
  entry: LogEntry,
  level: Level | null,
  position: number,
  raw: boolean,
): void => {
  const { open, counts } = blocks;
  if (level !== 'warn') counts.headlines += 1;
  if (open === null || !joins(open, entry.body, level, raw)) {
    begin(blocks, entry, level, position, raw);
    return;
  }
  if (raw && !open.raw) {
    open.raw = true;
    counts.raw += 1;
  }
  open.awaited = isPreamble(entry.body) ? AWAITED_LINES : 0;
  keep(open, entry);
};

const isRawHead = (traits: LineTraits, level: Level | null): boolean =>
  (level === null || level === 'fatal') && (traits.isHeader || traits.isRaw);

/** Takes the next line; gives whether it belongs to an error. */
export const pushLine = (
  blocks: ErrorBlocks,
  entry: LogEntry,
  traits: LineTraits,
  level: Level | null,
  position: number,
): boolean => {
  const raw = isRawHead(traits, level);
  const { open } = blocks;
  if (open !== null && !raw && (open.awaited > 0 || traits.continues(open.raw))) {
    open.awaited = Math.max(0, open.awaited - 1);
    if (open.awaited === 0) open.continued = true;
    keep(open, entry);
    return true;
  }
  if (raw || traits.isRaw || (!traits.isBlank && traits.troubled(level))) {
    takeHeadline(blocks, entry, level, position, raw);
    return true;
  }
  close(blocks);
  // A run-time may quote source between its headline and its stack.
  return isStackLine(entry.body);
};

/** The run-time said its last word: what comes next belongs to it only by its form. */
export const endAwaiting = ({ open }: ErrorBlocks): void => {
  if (open === null) return;
  open.awaited = 0;
  open.continued = true;
};

/** The latest errors, oldest first. */
export const blocksOf = ({ done, open }: ErrorBlocks): readonly ErrorBlock[] =>
  open === null ? done.items() : [...done.items(), sealed(open)];

/** The lines of the error that is being read, when a run-time prints it; null otherwise. */
export const openRawLines = ({ open }: ErrorBlocks): readonly LogEntry[] | null =>
  open === null || !open.raw ? null : linesOf(open);

/** Whether an error that a run-time prints is being read. */
export const isRawOpen = ({ open }: ErrorBlocks): boolean => open?.raw === true;

/** Takes lines that are known to say the same as before, below the headline just taken. */
export const repeatLines = (blocks: ErrorBlocks, rest: () => readonly LogEntry[]): void => {
  const { open } = blocks;
  if (open === null) return;
  open.rest = rest;
  open.awaited = 0;
  open.continued = true;
};
