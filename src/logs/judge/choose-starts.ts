import type { TrackSummary } from '../lives/track-state.ts';
import type { FirstLine } from '../lives/first-line.ts';
import { FIRST_FREE_PID } from '../lives/take-mark.ts';
import type { StartCount } from '../lives/start-counter.ts';

/** The way of recognising starts that a track's restarts are counted by. */
export interface ChosenStarts {
  /** Null when nothing tells of starts. */
  readonly kind: string | null;
  readonly count: StartCount | null;
  readonly restarts: number;
  /** What speaks for starts, and does not prove them. */
  readonly unsure: 'numbered' | 'rounds' | null;
  /** 0 to 6; of several streams of a service the most trusted one counts. */
  readonly trust: number;
}

/** They start what they were asked to run and nothing else does. */
const SUPERVISORS = new Set(
  'air pm2 systemd nodemon node-watch tsx ts-node-dev deno flask django docker concurrently forever supervisord gunicorn'
    .split(' ')
    .map((name) => `runner:${name}`),
);
const OUTER = new Set(['runner:npm', 'runner:script', 'runner:uvicorn', 'runner:spring', 'runner:puma', 'runner:next']);

const TRUST = { supervisor: 6, deaths: 5, pid: 5, outer: 4, firstLine: 4, bootLine: 3, errors: 2, lines: 1, none: 0 };
const MOST = 0.6;
/** Workers of one cluster report within this time. */
const BURST_MS = 2500;
/** So often a whole log has to be the same few lines again. */
const LEAST_ROUNDS = 4;

const restartsOf = (count: StartCount, { fromStart }: TrackSummary): number =>
  Math.max(0, count.starts - (fromStart || count.silentFirst ? count.instances : 0));

const chosen = (
  count: StartCount,
  restarts: number,
  trust: number,
  unsure: ChosenStarts['unsure'] = null,
): ChosenStarts => ({ kind: count.kind, count, restarts, trust, unsure });

const byRunner = (track: TrackSummary): readonly ChosenStarts[] => {
  const single = track.starts.filter(({ kind }) => SUPERVISORS.has(kind));
  const workers = track.starts.find(({ kind }) => kind === 'runner:gunicorn worker');
  const found = single.map((count) => chosen(count, restartsOf(count, track), TRUST.supervisor));
  // Workers count only where the master never restarted.
  if (workers !== undefined && found.every(({ restarts }) => restarts === 0)) {
    const first = track.events.findIndex(({ type }) => type === 'end');
    const before = track.events
      .slice(0, first === -1 ? undefined : first)
      .filter((event) => event.type === 'start' && event.kind === workers.kind).length;
    return [...found, chosen(workers, Math.max(0, workers.starts - Math.max(1, before)), TRUST.supervisor)];
  }
  return found;
};

const byOuterRunner = (track: TrackSummary): readonly ChosenStarts[] =>
  track.starts
    .filter(({ kind }) => OUTER.has(kind))
    .map((count) => chosen(count, restartsOf(count, track), TRUST.outer));

const saidOnce = ({ fromStart, first, starts }: TrackSummary): boolean =>
  fromStart && first?.entry !== null && starts.some(({ kind, starts: seen }) => kind === 'first-line' && seen === 1);

/** How many of the lines after ends speak for a new life, and not for a program that tells of the ends of its children. */
const supportOf = (track: TrackSummary): number => {
  const { supported, sure, spoken } = track.successors;
  if (!saidOnce(track)) return supported;
  return track.first?.boots === true ? spoken : sure;
};

const byDeaths = (track: TrackSummary): readonly ChosenStarts[] => {
  const count = track.starts.find(({ kind }) => kind === 'after-end');
  if (count === undefined || supportOf(track) < track.successors.all * MOST) return [];
  return [chosen(count, restartsOf(count, track), track.deaths > 0 ? TRUST.deaths : TRUST.firstLine)];
};

const byPid = (track: TrackSummary): readonly ChosenStarts[] => {
  const count = track.starts.find(({ kind }) => kind === 'pid');
  if (count === undefined) return [];
  const restarts = Math.max(0, restartsOf(count, track) - track.overlappingPids);
  return restarts === 0 ? [] : [chosen(count, restarts, TRUST.pid)];
};

const isBurst = ({ firstAt, lastAt, starts }: StartCount, track: TrackSummary): boolean =>
  firstAt !== null &&
  lastAt !== null &&
  lastAt - firstAt < BURST_MS &&
  track.lines > starts * 4 &&
  /\d/.test(track.first?.entry?.body ?? '');

/** Processes that speak beside each other are instances, and one whose number never changes is always the same. */
const ofOneProcess = (restarts: number, { overlappingPids, onlyPid }: TrackSummary): number =>
  (onlyPid ?? 0) >= FIRST_FREE_PID ? 0 : Math.max(0, restarts - overlappingPids);

/** Work that begins again is a program that starts again only where each run told that it was done. */
const isRunOfJob = ({ afterDone, starts }: StartCount): boolean => afterDone >= (starts - 1) * MOST;

/** What comes back after each "retrying" is the next try of the same process. */
const goesOn = ({ afterGoingOn, starts }: StartCount): boolean => afterGoingOn >= (starts - 1) * MOST;

/** The first line came back: what that says of starts, by the words of the line and by what stands before it. */
const byReturns = (count: StartCount, first: FirstLine, track: TrackSummary): readonly ChosenStarts[] => {
  const times = count.starts - 1;
  const restarts = ofOneProcess(restartsOf(count, track), track);
  const isNumbered = first.countedUp >= times * MOST;
  const isTroubled = count.afterTrouble >= times * MOST;
  if (isTroubled || (first.boots && !isNumbered)) return [chosen(count, restarts, TRUST.firstLine)];
  if (first.boots) return [chosen(count, restarts, TRUST.firstLine, 'numbered')];
  if (isNumbered) return [];
  if (isRunOfJob(count)) return [chosen(count, restarts, TRUST.firstLine)];
  return first.round !== null && times >= LEAST_ROUNDS ? [chosen(count, 0, TRUST.lines, 'rounds')] : [];
};

const byFirstLine = (track: TrackSummary): readonly ChosenStarts[] => {
  const { first, fromStart, starts } = track;
  const count = starts.find(({ kind }) => kind === 'first-line');
  if (count === undefined || first === null || !fromStart) return [];
  if (count.starts === 1) return first.boots ? [chosen(count, 0, TRUST.firstLine)] : [];
  if (isBurst(count, track) || goesOn(count)) return [chosen(count, 0, TRUST.firstLine)];
  return byReturns(count, first, track);
};

const byBootLine = (track: TrackSummary): readonly ChosenStarts[] => {
  const count = track.starts.find(({ kind }) => kind === 'boot-line');
  // A program that opened once, and with other words, is still the same.
  if (count === undefined || saidOnce(track) || (track.first?.boots === true && track.fromStart)) return [];
  if (count.starts < 2 || goesOn(count) || count.afterTrouble < (count.starts - 1) * MOST) return [];
  return [chosen(count, ofOneProcess(restartsOf(count, track), track), TRUST.bootLine)];
};

/** Run-times print an uncaught error once in a life; only a log of nothing else can be counted so. */
const byErrors = (track: TrackSummary): readonly ChosenStarts[] => {
  const { raw } = track.errors;
  if (raw < 2 || saidOnce(track) || track.ordinaryLines > raw * 0.3) return [];
  return [{ kind: null, count: null, restarts: raw - 1, trust: TRUST.errors, unsure: null }];
};

const most = (ways: readonly ChosenStarts[]): ChosenStarts | null =>
  ways.reduce<ChosenStarts | null>((best, way) => (best === null || way.restarts > best.restarts ? way : best), null);

const NOTHING: ChosenStarts = { kind: null, count: null, restarts: 0, trust: TRUST.none, unsure: null };

/**
 * Chooses by what a service's starts are counted: the word of a supervisor before all; else the way that finds most, of
 * those whose conditions hold. A life that a run-time ended is never more than one, so its ends count at the least.
 */
export const chooseStarts = (track: TrackSummary): ChosenStarts => {
  const deaths = byDeaths(track);
  const supervised = most(byRunner(track));
  if (supervised !== null) return supervised;
  const ways = [...byOuterRunner(track), ...deaths, ...byPid(track), ...byFirstLine(track), ...byBootLine(track)];
  const best = most(ways);
  if (best !== null) return best;
  return byErrors(track)[0] ?? { ...NOTHING, trust: track.lines > 0 ? TRUST.lines : TRUST.none };
};
