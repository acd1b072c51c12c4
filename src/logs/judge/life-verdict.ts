import { findCause, type CauseContext, type CauseMatch } from '../causes/index.ts';
import type { ErrorBlock } from '../lives/error-blocks.ts';
import type { ServiceCase } from '../merge-services.ts';
import type { LogCause } from '../../model/log.ts';
import type { LogEntry } from '../types.ts';
import type { Life } from './lives.ts';

/** What one life, or some errors, tell of a cause. */
export interface Verdict {
  readonly cause: LogCause;
  readonly line: LogEntry | null;
  readonly lines: readonly LogEntry[];
  readonly life: Life | null;
  /** Told by what its program printed, and not only by how it ended. */
  readonly spoken: boolean;
}

/** How many of the latest lives are asked. */
export const LIVES_ASKED = 8;
const BLOCKS_ASKED = 3;
/** Causes without a name of their own. */
export const GENERIC: ReadonlySet<string> = new Set(['UNCAUGHT_EXCEPTION', 'UNHANDLED_REJECTION']);
/** A mistake in the program is a cause of its own, whatever was logged before it. */
const PROGRAM_ERROR =
  /\b(?:Type|Reference|Range|Syntax|Attribute|Name|Key|Index|Assertion|NullPointer)(?:Error|Exception)\b/;

export const plain = (code: string, confidence: 'A' | 'B' | 'C'): LogCause => ({ code, confidence, detail: {} });

/** Asks the catalogue of causes. */
export const ask = (lines: readonly LogEntry[], context: CauseContext, life: Life | null): Verdict | null => {
  if (lines.length === 0) return null;
  const match: CauseMatch | null = findCause(
    lines.map(({ body }) => body),
    context,
  );
  if (match === null) return null;
  const { code, confidence, detail } = match;
  return { cause: { code, confidence, detail }, line: lines[match.line] ?? null, lines, life, spoken: true };
};

export const contextOf = (service: ServiceCase, life: Life | null, crashed: boolean): CauseContext => ({
  exitCode: life?.end?.code ?? null,
  signal: life?.end?.signal ?? null,
  crashed,
  runner: service.runner,
});

const endLines = (life: Life): readonly LogEntry[] => [
  ...life.notes.filter(({ type }) => type === 'note' || type === 'memory').map(({ entry }) => entry),
  ...(life.end === null ? [] : [life.end.entry]),
];

/** Errors that were more than warnings. */
export const grave = (blocks: readonly ErrorBlock[]): readonly ErrorBlock[] =>
  blocks.filter(({ level }) => level !== 'warn');

const isSymptom = (verdict: Verdict | null): boolean =>
  verdict === null || (GENERIC.has(verdict.cause.code) && !PROGRAM_ERROR.test(verdict.line?.body ?? ''));

/** The blocks to ask, the one that ended the life first. */
const inOrder = (blocks: readonly ErrorBlock[]): readonly ErrorBlock[] => {
  const latest = grave(blocks).toReversed();
  const fatal = latest.find(({ raw, level }) => raw || level === 'fatal');
  if (fatal === undefined) return latest.slice(0, BLOCKS_ASKED);
  const before = latest.filter((block) => block !== fatal && block.position < fatal.position);
  const after = latest.filter(({ position }) => position > fatal.position);
  return [fatal, ...before.slice(0, BLOCKS_ASKED), ...after.slice(0, 1)];
};

const fromBlocks = (service: ServiceCase, life: Life, blocks: readonly ErrorBlock[]): Verdict | null => {
  const context = contextOf(service, life, true);
  let first: Verdict | null = null;
  for (const block of inOrder(blocks)) {
    const verdict = ask([...block.lines, ...endLines(life)], context, life);
    if (!isSymptom(verdict)) return verdict;
    first ??= verdict;
  }
  return first;
};

const unknownError = (life: Life): Verdict | null => {
  const block = grave(life.blocks).at(-1);
  if (block === undefined) return null;
  return {
    cause: plain('UNCAUGHT_EXCEPTION', 'C'),
    line: block.lines[0] ?? null,
    lines: block.lines,
    life,
    spoken: true,
  };
};

const silent = (life: Life): Verdict => {
  const lines = [...(life.end === null ? [] : [life.end.entry]), ...life.tail.slice(-2)];
  return { cause: plain('SILENT_EXIT', 'C'), line: lines[0] ?? life.start?.entry ?? null, lines, life, spoken: false };
};

/** Why a life ended. */
export const verdictOfLife = (service: ServiceCase, life: Life): Verdict => {
  const told = fromBlocks(service, life, life.blocks);
  if (told !== null) return told;
  const unknown = unknownError(life);
  const words = ask([...life.tail, ...endLines(life)], contextOf(service, life, true), life);
  if (words !== null && !(GENERIC.has(words.cause.code) && unknown === null)) {
    return { ...words, spoken: words.line !== null && life.tail.includes(words.line) };
  }
  return unknown ?? silent(life);
};

/** Errors that another stream holds: they cannot be put to a life, only to the service. */
export const verdictsOfOthers = (service: ServiceCase, life: Life): readonly Verdict[] => {
  const blocks = service.others.flatMap(({ blocks }) => grave(blocks)).slice(-LIVES_ASKED);
  return blocks.flatMap((block) => fromBlocks(service, life, [block]) ?? []);
};
