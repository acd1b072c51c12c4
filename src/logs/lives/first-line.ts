import { tellsOfGoingOn } from '../causes/handled.ts';
import type { LogEntry } from '../types.ts';
import type { LineTraits } from './line-traits.ts';

/** What the first line of a log is, and what its coming back looks like. */
export interface FirstLine {
  /** Null when it is an error. */
  readonly entry: LogEntry | null;
  readonly template: string;
  /** It reads like the first thing a program says. */
  readonly boots: boolean;
  /** It reads like the beginning of a piece of work. */
  readonly works: boolean;
  /** How often it came back with a number one higher, as the rounds of one process do. */
  readonly countedUp: number;
  /** Lines from each time it stood to the next, while they are all the same; null when they differ. */
  readonly round: number | null;
}

/** The first line while the log is read. */
export interface FirstLineState {
  value: FirstLine;
  numbers: readonly number[];
  position: number;
}

const REQUEST = /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/;

/** The numbers of a line, in order. */
export const numbersOf = (body: string): readonly number[] => (body.match(/\d{1,15}/g) ?? []).map(Number);

/** Whether what changed in a line is one higher each. */
export const isOneHigher = (before: readonly number[], now: readonly number[]): boolean => {
  const changed = now.flatMap((number, index) => (number === before[index] ? [] : [number - (before[index] ?? 0)]));
  return changed.length > 0 && changed.every((step) => step === 1);
};

/** The first line of a log; one that tells of trouble got over is none that begins a life. */
export const beginFirstLine = (entry: LogEntry, traits: LineTraits, position: number): FirstLineState => {
  const isError = traits.isHeader || traits.isRaw || tellsOfGoingOn(entry.body);
  return {
    value: {
      entry: isError ? null : entry,
      template: traits.template,
      boots: !isError && traits.boots,
      works: !isError && traits.works,
      countedUp: 0,
      round: null,
    },
    numbers: numbersOf(entry.body),
    position,
  };
};

/** Takes the first line when it comes back. */
export const repeatFirstLine = (first: FirstLineState, body: string, position: number, times: number): void => {
  const { value } = first;
  const numbers = numbersOf(body);
  const lines = position - first.position;
  const isSame = times === 1 || value.round === lines;
  first.value = {
    ...value,
    countedUp: value.countedUp + (isOneHigher(first.numbers, numbers) ? 1 : 0),
    round: isSame && lines > 1 && !REQUEST.test(body) ? lines : null,
  };
  first.numbers = numbers;
  first.position = position;
};
