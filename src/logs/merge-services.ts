import { chooseStarts, type ChosenStarts } from './judge/choose-starts.ts';
import { livesOf, type Life } from './judge/lives.ts';
import type { ErrorBlock } from './lives/error-blocks.ts';
import type { TrackSummary } from './lives/track-state.ts';
import type { StartCount } from './lives/start-counter.ts';
import { restartsTold } from './lives/side-evidence.ts';
import { nameOf } from './service-names.ts';
import type { StreamSummary } from './stream-reader.ts';
import type { LogEntry } from './types.ts';

/** One service with all its streams, ready to be judged. */
export interface ServiceCase {
  readonly service: string | null;
  readonly files: readonly string[];
  readonly runner: string | null;
  readonly restarts: number;
  readonly unplanned: number;
  readonly edits: number;
  readonly editPaths: readonly string[];
  /** Times of the latest unplanned restarts. */
  readonly times: readonly number[];
  readonly firstStartAt: number | null;
  readonly lastStartAt: number | null;
  readonly firstStartOffset: number | null;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly gaveUp: boolean;
  readonly lives: readonly Life[];
  /** How long the last life has lasted by all streams. */
  readonly lastedMs: number | null;
  /** How many starts came right after a line that told that work was done. */
  readonly doneBeforeStart: number;
  /** What speaks for starts, and does not prove them. */
  readonly unsure: ChosenStarts['unsure'];
  /** The stream that the lives come from, and the others. */
  readonly main: TrackSummary;
  readonly others: readonly TrackSummary[];
  readonly side: readonly LogEntry[];
}

interface Placed {
  readonly track: TrackSummary;
  readonly files: readonly string[];
  readonly chosen: ChosenStarts;
  readonly name: string | null;
}

const place = (streams: readonly StreamSummary[]): readonly Placed[] => {
  const told = streams.flatMap(({ tracks }) => tracks.map(({ service }) => service));
  const known = [...new Set(told.filter((service) => service !== null))];
  return streams.flatMap(({ tracks, files }) =>
    tracks.map((track) => ({
      track,
      files,
      chosen: chooseStarts(track),
      name: track.service ?? nameOf(files, known),
    })),
  );
};

/** What lies in different folders is of different services, by whatever name. */
const byFolder = (placed: readonly Placed[]): readonly (readonly Placed[])[] => {
  const folderOf = ({ files }: Placed): string => (files[0] ?? '').replace(/[^\\/]*$/, '');
  const folders = [...new Set(placed.map(folderOf))];
  return folders.map((folder) => placed.filter((one) => folderOf(one) === folder));
};

/** Streams without a name of their own belong to the only service there is; else each is on its own. */
const groups = (placed: readonly Placed[]): readonly (readonly Placed[])[] => {
  const names = [...new Set(placed.map(({ name }) => name).filter((name) => name !== null))];
  const [only] = names;
  const runnerNamed = placed.some(({ track, chosen }) => track.service !== null && chosen.trust >= 5);
  const named = names.map((name) => placed.filter((one) => one.name === name));
  const unnamed = placed.filter(({ name }) => name === null);
  if (unnamed.length === 0) return named;
  if (names.length === 1 && only !== undefined && (runnerNamed || unnamed.length < placed.length)) {
    return [[...(named[0] ?? []), ...unnamed]];
  }
  return [...named, ...byFolder(unnamed)];
};

const earliest = (values: readonly (number | null)[]): number | null => {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : Math.min(...told);
};

const latest = (values: readonly (number | null)[]): number | null => {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : Math.max(...told);
};

const lastedOf = (main: TrackSummary, all: readonly TrackSummary[], lives: readonly Life[]): number | null => {
  const started = lives.at(-1)?.start?.entry.at ?? null;
  const until = latest(all.filter(({ dated }) => dated === main.dated).map(({ lastAt }) => lastAt));
  return started === null || until === null ? null : until - started;
};

const editPathsOf = (track: TrackSummary): readonly string[] =>
  track.events.flatMap((event) => (event.type === 'edit' && event.path !== null ? [event.path] : []));

const unplannedOf = ({ chosen, track }: Placed): number => {
  if (chosen.count === null) return chosen.restarts;
  const planned = chosen.count.starts - chosen.count.unplanned - chosen.count.instances;
  const told = Math.min(chosen.restarts, chosen.count.unplanned);
  return track.fromStart ? told : Math.max(0, chosen.restarts - Math.max(0, planned));
};

const mainOf = (group: readonly Placed[]): Placed | null => {
  const ranked = group.toSorted(
    (a, b) => b.chosen.trust - a.chosen.trust || b.chosen.restarts - a.chosen.restarts || b.track.lines - a.track.lines,
  );
  return ranked[0] ?? null;
};

const countsOf = (main: Placed, side: readonly LogEntry[]): Pick<ServiceCase, 'restarts' | 'unplanned' | 'edits'> => {
  const told = main.chosen.trust <= 1 ? restartsTold(side) : null;
  const { restarts, count } = main.chosen;
  return { restarts: told ?? restarts, unplanned: told ?? unplannedOf(main), edits: count?.edits ?? 0 };
};

type Times = Pick<ServiceCase, 'times' | 'firstStartAt' | 'lastStartAt' | 'firstStartOffset' | 'firstAt' | 'lastAt'>;

/** A way that knows only the starts after an end takes the first line of the log for the first start. */
const firstStartOf = (count: StartCount, track: TrackSummary): number | null =>
  count.silentFirst && track.fromStart ? track.firstAt : count.firstAt;

const timesOf = ({ chosen: { count }, track }: Placed, all: readonly TrackSummary[]): Times => {
  const dated = all.filter((track) => track.dated);
  const spans = {
    firstAt: earliest(dated.map(({ firstAt }) => firstAt)),
    lastAt: latest(dated.map(({ lastAt }) => lastAt)),
  };
  if (count === null) return { ...spans, times: [], firstStartAt: null, lastStartAt: null, firstStartOffset: null };
  const { times, lastAt, firstOffset } = count;
  return {
    ...spans,
    times,
    firstStartAt: firstStartOf(count, track),
    lastStartAt: lastAt,
    firstStartOffset: firstOffset,
  };
};

const runnerOf = (main: TrackSummary, all: readonly TrackSummary[]): string | null =>
  main.runner ?? all.find(({ runner }) => runner !== null)?.runner ?? null;

const caseOf = (group: readonly Placed[], side: readonly LogEntry[]): ServiceCase | null => {
  const best = mainOf(group);
  if (best === null) return null;
  const { track, chosen } = best;
  const all = group.map((one) => one.track);
  const lives = livesOf(track, chosen.kind);
  return {
    ...countsOf(best, side),
    ...timesOf(best, all),
    service: group.find(({ name }) => name !== null)?.name ?? null,
    files: [...new Set(group.flatMap(({ files }) => files))],
    runner: runnerOf(track, all),
    editPaths: editPathsOf(track),
    gaveUp: all.some(({ gaveUp }) => gaveUp),
    lives,
    lastedMs: lastedOf(track, all, lives),
    doneBeforeStart: chosen.count?.afterDone ?? 0,
    unsure: chosen.unsure,
    main: track,
    others: all.filter((other) => other !== track),
    side,
  };
};

/** All blocks of errors of a service's streams. */
export const allBlocks = ({ main, others }: ServiceCase): readonly ErrorBlock[] =>
  [main, ...others].flatMap(({ blocks }) => blocks);

/** Joins what the streams told into services. */
export const mergeServices = (streams: readonly StreamSummary[]): readonly ServiceCase[] => {
  const side = streams.flatMap((stream) => stream.side);
  const placed = place(
    streams.map((stream) => ({ ...stream, tracks: stream.tracks.filter(({ lines }) => lines > 0) })),
  );
  return groups(placed).flatMap((group) => caseOf(group, side) ?? []);
};
