import { lineFilter } from './line-filter.ts';
import { mergeLines } from './merge-lines.ts';
import { placeInTime, type PlaceInTime } from './place-in-time.ts';
import { sourceLines } from './source-lines.ts';
import type { ViewedLine } from './types.ts';
import type { Begun } from './open-log.ts';
import type { View } from './view.ts';

const wantedLines = async function* (
  { start }: Begun,
  place: PlaceInTime,
  { wanted, shape, onTrouble }: View,
): AsyncGenerator<readonly ViewedLine[]> {
  const passes = lineFilter(wanted);
  for await (const lines of sourceLines(start, shape, place, onTrouble)) yield lines.filter(passes);
};

/** Lines that will come of a log: those that were counted, unless some of them are too old. */
const countOf = async (begun: Begun, view: View): Promise<number> => {
  if (view.wanted.since === null) return begun.start.matching;
  let count = 0;
  const place = placeInTime(begun.source, view.calendar);
  for await (const lines of wantedLines(begun, place, { ...view, onTrouble: () => {} })) {
    count += lines.filter(({ continued }) => !continued).length;
    if (view.stopped()) break;
  }
  return count;
};

/** For each service, how many of the lines that will come are too many. */
const surplusOf = async (logs: readonly Begun[], view: View): Promise<Map<number, number>> => {
  const surplus = new Map<number, number>();
  if (view.wanted.lines === Number.POSITIVE_INFINITY) return surplus;
  for (const log of logs) {
    const { id } = log.source;
    surplus.set(id, (surplus.get(id) ?? -view.wanted.lines) + (await countOf(log, view)));
  }
  return surplus;
};

/** Leaves the first lines of each service out, as many as are too many. */
const withoutSurplus = (surplus: Map<number, number>): ((line: ViewedLine) => boolean) => {
  const passes = new Map<string, boolean>();
  return ({ source, continued }) => {
    const left = surplus.get(source.id) ?? 0;
    if (!continued) {
      passes.set(source.path, left <= 0);
      surplus.set(source.id, left - 1);
    }
    return passes.get(source.path) ?? true;
  };
};

/** Shows the wanted past of logs, merged by time; `false` when nobody wants more. */
export const showPast = async (logs: readonly Begun[], view: View): Promise<boolean> => {
  const passes = withoutSurplus(await surplusOf(logs, view));
  for await (const lines of mergeLines(logs.map((log) => wantedLines(log, log.place, view)))) {
    if (view.stopped() || !view.show(lines.filter(passes))) return false;
  }
  return !view.stopped();
};
