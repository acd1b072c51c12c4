import { toJsonLine } from '../../report/json.ts';
import { lineText } from '../../supervisor/log-view/line-text.ts';
import { peopleLines, type LineStyle } from '../../supervisor/log-view/people-line.ts';
import { rawLines } from '../../supervisor/log-view/raw-lines.ts';
import type { LineShape, ViewedLine } from '../../supervisor/log-view/types.ts';
import { USUAL_WALK, type Walk } from '../../supervisor/log-view/walk-back.ts';
import type { LogWishes } from './log-wishes.ts';

/** How lines are read for a form, and written in it. */
export interface LinePrinter {
  readonly shape: LineShape;
  readonly walk: Walk;
  readonly print: (lines: readonly ViewedLine[]) => string | Uint8Array;
}

/** Programs take longer lines than people. */
const LONGEST_FOR_PROGRAMS = 1_048_576;

const jsonLine = (line: ViewedLine): string => {
  const { at, source, bytes, length, continued } = line;
  if (continued && length === 0) return '';
  return toJsonLine({
    timestamp: at === null ? null : new Date(at).toISOString(),
    service: source.service,
    id: source.id,
    stream: source.stream,
    message: lineText(line).replace(/\r$/, ''),
    ...(bytes.length < length ? { cutFromBytes: length } : {}),
  });
};

/** The printer of a form; `style` is asked anew from time to time, since names come and go. */
export const linePrinter = (form: LogWishes['form'], style: () => LineStyle): LinePrinter => {
  if (form === 'raw') {
    const walk = { ...USUAL_WALK, reachBytes: Number.POSITIVE_INFINITY };
    return { shape: { cap: USUAL_WALK.cap, long: 'pieces' }, walk, print: rawLines() };
  }
  const cap = form === 'json' ? LONGEST_FOR_PROGRAMS : USUAL_WALK.cap;
  const people = (lines: readonly ViewedLine[]): string => lines.map(peopleLines(style())).join('');
  return {
    shape: { cap, long: 'cut' },
    walk: { ...USUAL_WALK, cap },
    print: form === 'json' ? (lines) => lines.map(jsonLine).join('') : people,
  };
};
