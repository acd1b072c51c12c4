import type { ServiceCase } from '../merge-services.ts';
import type { LogDoubt } from '../types.ts';
import type { Life } from './lives.ts';
import { median } from './statistics.ts';

/** What the course of a service's lives says. */
export interface LoopVerdict {
  readonly restartLoop: boolean;
  readonly pastLoop: boolean;
  readonly recovered: boolean;
  readonly doubt: LogDoubt | null;
}

const NUMBERED: LogDoubt = {
  why: 'The line that comes back has a number one higher each time: a program that starts again and one that counts its rounds look the same.',
  watch: 'The process number while the line comes: another each time is a restart.',
};

const ROUNDS: LogDoubt = {
  why: 'The log is the same few lines over and over, and nothing tells of an end: a program that starts again and one that does its rounds look the same.',
  watch: 'The process number while the lines come: another each time is a restart.',
};

const UNSEEN_END: LogDoubt = {
  why: 'It starts again and again without a trace of an end and without times: it ends in silence, or a watcher that says nothing restarts it.',
  watch: 'Start it once by hand without a watcher, and look at its exit code.',
};

const LEAST_RESTARTS = 3;
const HOUR = 3_600_000;
/** The last life counts as well when it is this much longer than those before. */
const LONGER = 3;
const MORE_LINES = 5;
const LEAST_LINES = 8;
const DONE_SHARE = 0.7;
/** How many of the latest lives are compared. */
const COMPARED = 12;

const isUnplanned = ({ followedBy }: Life): boolean => followedBy === 'unplanned' || followedBy === 'memory';

/** Whether some three in a row fall into one hour. Without times nothing speaks against it. */
const isFrequent = (times: readonly number[]): boolean =>
  times.length === 0 || times.some((at, index) => (times[index + LEAST_RESTARTS - 1] ?? Infinity) - at <= HOUR);

/** How often the usual time of those before the last life has lasted; null where no times are told. */
const timesAsLong = (last: Life, before: readonly Life[], since: number | null): number | null => {
  const usual = median(before.map(({ duration }) => duration).filter((duration) => duration !== null));
  const lasted = since ?? last.duration;
  return usual === null || lasted === null || usual <= 0 ? null : lasted / usual;
};

/** What it said besides its errors. */
const ordinaryLines = ({ lines, blocks }: Life): number =>
  lines - blocks.reduce((sum, block) => sum + block.lines.length, 0);

const saysMore = (last: Life, before: readonly Life[]): boolean => {
  const usual = Math.max(1, median(before.map(ordinaryLines)) ?? 1);
  const said = ordinaryLines(last);
  return said >= LEAST_LINES && said >= usual * MORE_LINES && last.blocks.every(({ raw }) => !raw);
};

const isRecovered = (lives: readonly Life[], lastedMs: number | null): boolean => {
  const last = lives.at(-1);
  const before = lives.slice(0, -1).filter(isUnplanned).slice(-COMPARED);
  if (last === undefined || before.length === 0) return false;
  if (last.end !== null && last.end.how !== 'wait' && !last.end.weak) return false;
  const silent = last.blocks.every(({ level }) => level === 'warn');
  const longer = timesAsLong(last, before, lastedMs);
  if (longer !== null && longer > LONGER && silent) return true;
  return (longer === null || longer >= 1) && saysMore(last, before);
};

const isWellEnded = ({ end, blocks }: Life): boolean =>
  (end === null || end.code === 0) && blocks.every(({ level }) => level === 'warn');

/** A program that is meant to end, and is run again when it is time. */
export const isJobLike = (service: ServiceCase): boolean => {
  const lives = service.lives.filter(isUnplanned);
  return service.restarts > 0 && service.doneBeforeStart >= service.restarts * DONE_SHARE && lives.every(isWellEnded);
};

const hasTrace = ({ end, blocks }: Life): boolean => end !== null || blocks.length > 0;

const doubtOf = ({ unsure, firstAt, runner, lives }: ServiceCase, looped: boolean): LogDoubt | null => {
  if (unsure === 'rounds') return ROUNDS;
  if (!looped) return null;
  if (unsure === 'numbered') return NUMBERED;
  return firstAt === null && runner === null && !lives.some(hasTrace) ? UNSEEN_END : null;
};

/** Is the service in a restart loop at the end of its log, was it, and is it well again? */
export const judgeLoop = (service: ServiceCase): LoopVerdict => {
  const { unplanned, times, gaveUp, lives } = service;
  const recovered = unplanned > 0 && !gaveUp && isRecovered(lives, service.lastedMs);
  if (gaveUp) return { restartLoop: true, pastLoop: false, recovered: false, doubt: null };
  const looped = unplanned >= LEAST_RESTARTS && isFrequent(times) && !isJobLike(service);
  const doubt = doubtOf(service, looped);
  const isSure = service.unsure === null;
  return { restartLoop: looped && isSure && !recovered, pastLoop: looped && isSure && recovered, recovered, doubt };
};
