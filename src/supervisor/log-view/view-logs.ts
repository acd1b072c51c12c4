import { followFile, type FollowedFile } from './follow-file.ts';
import { followLogs } from './follow-logs.ts';
import { lineFilter } from './line-filter.ts';
import { begin, openLog, type Begun, type Opened } from './open-log.ts';
import { closeParts } from './parts.ts';
import { showPast } from './show-past.ts';
import type { ViewedLine } from './types.ts';
import type { View } from './view.ts';

const followed = ({ source, live, place }: Opened, offset: number, { shape, clock, onTrouble }: View): FollowedFile => {
  const start = live === null ? null : { descriptor: live.descriptor, inode: live.inode, offset };
  return followFile({ source, place, shape, start, now: clock.now(), onTrouble });
};

/** Clocks of files are coarser than those of programs. */
const COARSE_MS = 1_000;

/** A log that came while others were followed is shown from when that began. */
const offsetSince = ({ live, index }: Opened, begunAt: number): number => {
  if (live === null || live.bornAt >= begunAt - COARSE_MS) return 0;
  const { inode, size } = live;
  const before = index.findLast((entry) => entry.at <= begunAt && entry.inode === inode && entry.offset <= size);
  return before?.offset ?? size;
};

const filtered = (view: View): ((lines: readonly ViewedLine[]) => boolean) => {
  const filters = new Map<string, (line: ViewedLine) => boolean>();
  const passes = (line: ViewedLine): boolean => {
    const filter = filters.get(line.source.path) ?? lineFilter(view.wanted);
    filters.set(line.source.path, filter);
    return filter(line);
  };
  return (lines) => view.show(lines.filter(passes));
};

/** Shows the wanted past of logs, merged by time, and then what comes, until nobody wants more. */
export const viewLogs = async (view: View): Promise<void> => {
  const begunAt = view.clock.now();
  const logs: Begun[] = [];
  for (const source of view.sources) logs.push(await begin(openLog(source, view), view));
  const goesOn = await showPast(logs, view);
  closeParts(logs.flatMap(({ start, live }) => start.parts.map(({ part }) => part).filter((part) => part !== live)));
  const lives = logs.flatMap(({ live }) => (live === null ? [] : [live]));
  if (!goesOn || !view.follow) return closeParts(lives);
  const added = (): readonly FollowedFile[] =>
    view.added().map((source) => {
      const opened = openLog(source, view);
      return followed(opened, offsetSince(opened, begunAt), view);
    });
  const first = logs.map((log) => followed(log, log.live?.size ?? 0, view));
  const { clock, stopped } = view;
  await followLogs(first, { clock, stopped, added, show: filtered(view) });
};
