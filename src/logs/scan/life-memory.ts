import { isoStamp } from '../time/iso-stamp.ts';

/**
 * In a loop whole lives say the same, but for the times before their lines. After some of them the next are known by
 * heart, and only counted.
 */
export interface LifeMemory {
  /** Where the life being read began: the offset behind the end of the one before. Null when lines were left out since. */
  begin: number | null;
  beginNumber: number;
  known: KnownLife | null;
  /** How many lives in a row were as the known one. */
  seen: number;
}

interface KnownLife {
  readonly bytes: Buffer;
  readonly lines: number;
  /** The parts between the times. */
  readonly fixed: readonly { readonly from: number; readonly to: number }[];
  /** Where the times stand, and how long they are. */
  readonly stamps: readonly { readonly from: number; readonly length: number }[];
}

const LONGEST_KEPT = 16_384;
const STAMP_ROOM = 32;
const NEWLINE = 10;
const ZERO = 0x30;
const NINE = 0x39;

export const noLives = (): LifeMemory => ({ begin: null, beginNumber: 0, known: null, seen: 0 });

const stampLengthAt = (bytes: Buffer, place: number): number =>
  isoStamp(bytes.toString('latin1', place, Math.min(bytes.length, place + STAMP_ROOM)))?.length ?? 0;

const learn = (bytes: Buffer, lines: number): KnownLife => {
  const stamps: { readonly from: number; readonly length: number }[] = [];
  const fixed: { readonly from: number; readonly to: number }[] = [];
  let fixedFrom = 0;
  for (let line = 0; line < bytes.length; line = bytes.indexOf(NEWLINE, line) + 1) {
    const length = stampLengthAt(bytes, line);
    if (length === 0) continue;
    stamps.push({ from: line, length });
    fixed.push({ from: fixedFrom, to: line });
    fixedFrom = line + length;
  }
  fixed.push({ from: fixedFrom, to: bytes.length });
  return { bytes, lines, fixed, stamps };
};

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/** The same stamp, but for its digits. */
const isStampLike = (known: Buffer, text: Buffer, at: number, place: number, length: number): boolean => {
  for (let i = 0; i < length; i += 1) {
    const [one, other] = [known[at + i] ?? 0, text[place + i] ?? 0];
    if (one !== other && !(isDigit(one) && isDigit(other))) return false;
  }
  return true;
};

const standsAt = ({ bytes, fixed, stamps }: KnownLife, text: Buffer, place: number, to: number): boolean => {
  if (place + bytes.length > to) return false;
  for (const { from, length } of stamps) if (!isStampLike(bytes, text, from, place + from, length)) return false;
  for (const { from, to: end } of fixed) {
    if (bytes.compare(text, place + from, place + end, from, end) !== 0) return false;
  }
  return true;
};

/** Lines were left out: what comes next is no whole life. */
export const livesInterrupted = (memory: LifeMemory): void => {
  memory.begin = null;
  memory.seen = 0;
};

/**
 * A life ended before `place` of the text, whose first byte stands at `offset`, and `number` is that of the next line.
 * Gives how many lives in a row have said the same.
 */
export const lifeEnds = (
  memory: LifeMemory,
  text: Buffer,
  { offset, place, number }: { readonly offset: number; readonly place: number; readonly number: number },
): number => {
  const { begin, beginNumber, known } = memory;
  memory.begin = offset + place;
  memory.beginNumber = number;
  if (begin === null || begin < offset || offset + place - begin > LONGEST_KEPT) {
    memory.seen = 0;
    return 0;
  }
  const from = begin - offset;
  const isSame = known?.bytes.length === place - from && standsAt(known, text, from, place);
  if (!isSame) memory.known = learn(Buffer.from(text.subarray(from, place)), number - beginNumber);
  memory.seen = isSame ? memory.seen + 1 : 1;
  return memory.seen;
};

/** How many lives as the known one stand from `place` on one after the other. */
export const livesAhead = ({ known }: LifeMemory, text: Buffer, place: number, to: number): number => {
  if (known === null) return 0;
  let count = 0;
  while (standsAt(known, text, place + count * known.bytes.length, to)) count += 1;
  return count;
};

export const lifeLength = ({ known }: LifeMemory): number => known?.bytes.length ?? 0;

/** Passes over so many known lives; gives their bytes and lines. */
export const passLives = (memory: LifeMemory, lives: number): { readonly length: number; readonly lines: number } => {
  const length = lives * (memory.known?.bytes.length ?? 0);
  const lines = lives * (memory.known?.lines ?? 0);
  if (memory.begin !== null) memory.begin += length;
  memory.beginNumber += lines;
  return { length, lines };
};
