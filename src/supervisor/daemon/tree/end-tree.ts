import type { Clock } from '../../../model/clock.ts';
import type { ProcessTable, TableRow } from '../../../model/process-table.ts';
import type { BirthMark } from '../../../model/service.ts';
import type { Census } from './census.ts';
import { membersIn, type Family } from './find-members.ts';
import { createLadder, type Ladder, type Stage } from './ladder.ts';
import { lookAgain, lookAt } from '../../core/look-at.ts';
import { nextCensus } from './next-census.ts';

/** How a service is to be ended. */
export interface EndOptions {
  /** What asks it politely. */
  readonly signal: NodeJS.Signals;
  /** After two thirds of this, SIGTERM; at its end, SIGKILL. */
  readonly killTimeoutMs: number;
  /** `false` signals the main process alone and leaves everything it started running. */
  readonly treeKill: boolean;
  readonly clock: Clock;
}

/** What came of it. */
export interface TreeEnding {
  /** How many processes had to be killed. */
  readonly forced: number;
  /** Those that not even SIGKILL ended. */
  readonly survivors: readonly BirthMark[];
}

/** For so long after the first SIGKILL, what comes up anew is killed too. */
const FORCE_MS = 2_000;

/** The shim has to write down how the main process ended. */
const SHIM_MS = 1_000;

const SHORTEST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 50;

/** The wait may come out longer than the stop needed, by so much of it. */
const WASTE = 0.05;

const stageAt = (elapsed: number, killTimeoutMs: number): Stage => {
  if (elapsed >= killTimeoutMs) return 'force';
  return elapsed >= (killTimeoutMs * 2) / 3 ? 'insist' : 'ask';
};

/** Until the next look: never past the next stage. */
const pauseAt = (elapsed: number, killTimeoutMs: number): number => {
  const sinceStage = elapsed < killTimeoutMs ? elapsed : elapsed - killTimeoutMs;
  const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, sinceStage * WASTE));
  const ahead = [(killTimeoutMs * 2) / 3, killTimeoutMs].map((at) => at - elapsed).filter((left) => left > 0);
  return Math.min(pause, ...ahead);
};

interface Stop {
  readonly table: ProcessTable;
  readonly family: Family;
  readonly options: EndOptions;
  readonly ladder: Ladder;
  readonly startedAt: number;
}

const targetsIn = (census: Census, family: Family, treeKill: boolean): readonly TableRow[] => {
  const { main } = family;
  const members = membersIn(census, family);
  return treeKill || main === null ? members : members.filter(({ pid }) => pid === main.pid);
};

/** Nobody is left only when a pass says so during which no process was born; but on a busy machine none may be. */
const find = async ({ table, family, options }: Stop): Promise<readonly TableRow[]> => {
  const { clock, treeKill } = options;
  const census = await nextCensus(table, clock);
  const targets = targetsIn(census, family, treeKill);
  return targets.length > 0 || !census.isTorn ? targets : targetsIn(await nextCensus(table, clock), family, treeKill);
};

/** Without a main process, and without a shim that may be about to start one. */
const isHeadless = ({ table, family }: Stop, shim: TableRow | null): boolean =>
  family.main === null ? shim === null : lookAt(table, family.main) === null;

/** The shim ends by itself; it is woken when it was stopped, and ended only when it had time enough. */
const tendShim = ({ table, family, options }: Stop, shim: TableRow | null, elapsed: number): void => {
  if (family.shim === null || shim === null) return;
  if (shim.state === 'stopped') table.signal(family.shim, 'SIGCONT');
  if (elapsed >= options.killTimeoutMs + SHIM_MS) table.signal(family.shim, 'SIGKILL');
};

const isOver = (stop: Stop, members: readonly TableRow[], shim: TableRow | null, elapsed: number): boolean => {
  if (members.length === 0) return shim === null || elapsed >= stop.options.killTimeoutMs + FORCE_MS;
  if (elapsed < stop.options.killTimeoutMs) return false;
  return elapsed >= stop.options.killTimeoutMs + FORCE_MS || members.every(stop.ladder.isOutOfReach);
};

/** One step: the signals that are due, a pause, and who is left. `null` when it is over. */
const step = async (stop: Stop, members: readonly TableRow[]): Promise<readonly TableRow[] | null> => {
  const { table, family, options, ladder } = stop;
  const elapsed = options.clock.now() - stop.startedAt;
  const stage = stageAt(elapsed, options.killTimeoutMs);
  const shim = lookAt(table, family.shim);
  ladder.climb(members, stage, isHeadless(stop, shim));
  tendShim(stop, shim, elapsed);
  if (isOver(stop, members, shim, elapsed)) return null;
  await options.clock.sleep(pauseAt(elapsed, options.killTimeoutMs));
  const left = lookAgain(table, members);
  const later = stageAt(options.clock.now() - stop.startedAt, options.killTimeoutMs);
  // A death may leave orphans, and whoever was asked may have started others; a shim without a main may start one.
  const isStale = left.length < members.length || later !== stage || later === 'force';
  return isStale || (members.length === 0 && family.main === null) ? find(stop) : left;
};

/**
 * Ends everything of a run: the polite signal to all of its processes at once, SIGTERM to those that ignore it, to the
 * others when the main process is gone or two thirds of the time are over, SIGKILL at its end, until none is left. Every
 * signal goes to one process, which is identified right before; none goes to a group. Answers when all are gone and the
 * shim has written down how the main process ended, or when nothing more can be done.
 */
export const endTree = async (table: ProcessTable, family: Family, options: EndOptions): Promise<TreeEnding> => {
  const ladder = createLadder(table, options.signal);
  const startedAt = options.clock.now();
  const census = await nextCensus(table, options.clock);
  // A shim that this process descends from is not in the census, and is left alone like all its ancestors.
  const shimOfOurs = census.verify(family.shim) === null ? null : family.shim;
  const stop: Stop = { table, family: { ...family, shim: shimOfOurs }, options, ladder, startedAt };
  let members = targetsIn(census, stop.family, options.treeKill);
  if (members.length === 0 && census.isTorn) members = await find(stop);
  for (;;) {
    const next = await step(stop, members);
    if (next === null) break;
    members = next;
  }
  const shim = lookAt(table, stop.family.shim);
  const survivors = [...lookAgain(table, members), ...(shim === null ? [] : [shim])];
  return { forced: ladder.forced(), survivors: survivors.map(({ pid, born }) => ({ pid, born, boot: table.boot })) };
};
