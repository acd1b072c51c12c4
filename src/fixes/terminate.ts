import type { Clock } from '../model/clock.ts';
import type { Fix, FixOutcome } from '../model/fix.ts';
import type { Step, StepMember } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import { isSameProcess, type ProcessInfo, type ProcessRef } from '../model/process.ts';
import { formatDuration } from '../util/duration.ts';
import { plural } from '../util/plural.ts';

/** How long a process may take to be gone after SIGKILL. */
const FORCED_WAIT_MS = 2_000;
const FIRST_POLL_MS = 4;
const LONGEST_POLL_MS = 100;

const isAlive = async (ref: ProcessRef, { inspect }: Platform): Promise<boolean> => {
  const now = await inspect.identify(ref.pid);
  return now !== null && now.state !== 'zombie' && isSameProcess(now, ref);
};

const aliveOf = async (refs: readonly ProcessRef[], platform: Platform): Promise<readonly ProcessRef[]> => {
  const alive = await Promise.all(refs.map((ref) => isAlive(ref, platform)));
  return refs.filter((_, index) => alive[index]);
};

/** A suspended process takes no signal but SIGKILL until it goes on. */
const askToEnd = async (ref: ProcessRef, platform: Platform): Promise<boolean> => {
  const outcome = await platform.control.signal(ref, 'SIGTERM');
  const stopped = outcome === 'sent' && (await platform.inspect.identify(ref.pid))?.state === 'stopped';
  if (stopped) await platform.control.signal(ref, 'SIGCONT');
  return outcome !== 'not-permitted';
};

/** What a step ends, and what below it must be left alone. */
type Tree = Pick<Step, 'members' | 'spared'>;

const withoutSpared = (below: readonly ProcessInfo[], spared: ReadonlySet<number>): readonly ProcessInfo[] => {
  const left = new Set(spared);
  for (let size = -1; size !== left.size;) {
    size = left.size;
    for (const { pid, parentPid } of below) if (left.has(parentPid)) left.add(pid);
  }
  return below.filter(({ pid }) => !left.has(pid));
};

/** Children born to the tree since the plan was made belong to it too; those of what is spared do not. */
const newcomersOf = async (
  alive: readonly ProcessRef[],
  { members, spared }: Tree,
  platform: Platform,
): Promise<readonly ProcessRef[]> => {
  if (alive.length === 0) return [];
  const below = await platform.inspect.descendants(alive.map(({ pid }) => pid));
  if (!below.ok) return [];
  const known = new Set(members.map(({ pid }) => pid));
  const outside = new Set(spared.map(({ pid }) => pid));
  return withoutSpared(below.value, outside).filter(({ pid }) => !known.has(pid));
};

const waitUntilGone = async (
  refs: readonly ProcessRef[],
  limitMs: number,
  platform: Platform,
  clock: Clock,
): Promise<readonly ProcessRef[]> => {
  const end = clock.now() + limitMs;
  let alive = await aliveOf(refs, platform);
  for (let pause = FIRST_POLL_MS; alive.length > 0 && clock.now() < end; pause = Math.min(pause * 2, LONGEST_POLL_MS)) {
    await clock.sleep(pause);
    alive = await aliveOf(alive, platform);
  }
  return alive;
};

interface Ladder {
  readonly forced: number;
  readonly refused: number;
  readonly survivors: readonly ProcessRef[];
}

/** Asked leaf first and in one go, so that no runner has the time to start its child again. */
const climbLadder = async (tree: Tree, graceMs: number, platform: Platform, clock: Clock): Promise<Ladder> => {
  const { members } = tree;
  const asked: boolean[] = [];
  for (const member of members) asked.push(await askToEnd(member, platform));
  const newcomers = await newcomersOf(await aliveOf(members, platform), tree, platform);
  for (const newcomer of newcomers) await askToEnd(newcomer, platform);
  const stubborn = await waitUntilGone([...newcomers, ...members], graceMs, platform, clock);
  const late = await newcomersOf(stubborn, tree, platform);
  const forced = [...late.filter(({ pid }) => !newcomers.some((one) => one.pid === pid)), ...stubborn];
  for (const ref of forced) await platform.control.signal(ref, 'SIGKILL');
  const survivors = await waitUntilGone(forced, FORCED_WAIT_MS, platform, clock);
  return { forced: forced.length, refused: asked.filter((sent) => !sent).length, survivors };
};

const outcomeOf = (
  { forced, refused, survivors }: Ladder,
  members: readonly StepMember[],
  tookMs: number,
): FixOutcome => {
  if (survivors.length > 0) {
    const why = refused > 0 ? 'not permitted to signal it' : 'it does not end even by force';
    return { status: 'failed', detail: `${survivors.map(({ pid }) => pid).join(', ')} survived: ${why}` };
  }
  const count = plural(members.length, 'process', 'processes');
  const took = tookMs < 1_000 ? `${Math.round(tookMs)} ms` : formatDuration(tookMs);
  if (forced === 0) return { status: 'done', detail: `asked politely, ${count} gone after ${took}` };
  return { status: 'done', detail: `asked politely, then ended ${forced} by force, ${count} gone after ${took}` };
};

/** Ends the members of a step: SIGTERM, wait, SIGKILL, each to an identified process. */
export const terminate: Fix<'terminate'> = async (remedy, step, platform, clock) => {
  const start = clock.now();
  const ladder = await climbLadder(step, remedy.graceMs, platform, clock);
  return outcomeOf(ladder, step.members, clock.now() - start);
};
