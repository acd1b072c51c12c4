import type { DevTree, LeftoverCandidate, LeftoverFacts } from '../model/dev-tree.ts';
import type { Clock } from '../model/clock.ts';
import type { Platform } from '../model/platform.ts';
import type { ProcessMemory, ProcessRef, ProcessSketch, ProcessTraces } from '../model/process.ts';
import { read, type Reading } from '../model/snapshot.ts';
import { suspectsAmong, type Suspect } from '../programs/suspects.ts';
import { streamsTie } from '../programs/ties.ts';
import { treeBytes } from '../programs/tree-bytes.ts';
import { bareName, scriptOf } from '../programs/words-of.ts';
import { lineOf, tableOf } from '../programs/lineage.ts';
import { closestMembers, devTreesOf, outermost } from '../programs/dev-trees.ts';

/** Long enough for a server that is at work to show a few ticks of the processor. */
const WATCH_MS = 300;
const WATCH_TURNS = 4;

/** Whoever started it may be just about to end; a program this young is looked at again when it is older. */
const GRACE_MS = 2_000;

/** Of one tree this many are looked at closely. */
const MOST_MEMBERS = 64;

/** What an idle runtime may use meanwhile for its own housekeeping. */
const IDLE_CPU_MS = 20;

/** Processor time used by each process, in milliseconds, at one instant. */
type Usage = ReadonlyMap<number, number | null>;

interface Turn {
  readonly before: Usage;
  readonly after: Usage;
}

interface Watch {
  readonly turns: readonly Turn[];
  readonly milliseconds: number;
}

const usageOf = async (pids: readonly number[], platform: Platform): Promise<Usage> => {
  const reading = await platform.inspect.sketch(pids);
  return new Map((reading.ok ? reading.value : []).map(({ pid, cpuMs }) => [pid, cpuMs]));
};

const isIdle = (pids: readonly number[], { before, after }: Turn): boolean | null => {
  let used = 0;
  for (const pid of pids) {
    const [first, second] = [before.get(pid) ?? null, after.get(pid) ?? null];
    if (first === null || second === null) return null;
    used += second - first;
  }
  return used <= IDLE_CPU_MS;
};

/** What is at work shows in every turn; what only had to finish starting, or waits its turn on a busy machine, does not. */
const busyOf = (pids: readonly number[], { turns }: Watch): boolean | null => {
  const idle = new Set(turns.map((turn) => isIdle(pids, turn)));
  if (idle.has(true)) return false;
  return idle.has(false) ? true : null;
};

const pidsOf = ({ members }: DevTree): readonly number[] => members.map(({ pid }) => pid);

const watch = async (trees: readonly DevTree[], graceMs: number, platform: Platform, clock: Clock): Promise<Watch> => {
  const pids = trees.flatMap(pidsOf);
  await clock.sleep(graceMs);
  const begun = clock.now();
  const turns: Turn[] = [];
  let before = await usageOf(pids, platform);
  while (
    turns.length < WATCH_TURNS &&
    trees.some((tree) => busyOf(pidsOf(tree), { turns, milliseconds: 0 }) !== false)
  ) {
    await clock.sleep(WATCH_MS);
    const after = await usageOf(pids, platform);
    turns.push({ before, after });
    before = after;
  }
  return { turns, milliseconds: clock.now() - begun };
};

/** Others that run a script of the same name: perhaps the newer instance of the same server. */
const namesakes = (
  members: ReadonlySet<number>,
  suspects: readonly DevTree[],
  all: readonly ProcessSketch[],
): readonly number[] => {
  const nameOf = (process: ProcessSketch): string | null => {
    const script = scriptOf(process);
    return script === null ? null : bareName(script);
  };
  const names = new Set(suspects.flatMap((tree) => tree.members.flatMap((member) => nameOf(member) ?? [])));
  return all.filter((process) => !members.has(process.pid) && names.has(nameOf(process) ?? '')).map(({ pid }) => pid);
};

const candidateOf = (
  tree: DevTree,
  watched: Watch,
  traces: readonly ProcessTraces[],
  memory: readonly ProcessMemory[] | null,
): LeftoverCandidate => {
  const members = pidsOf(tree);
  const isMember = ({ pid }: ProcessRef): boolean => members.includes(pid);
  return {
    pid: tree.root.pid,
    members,
    traces: traces.filter(isMember),
    busy: busyOf(members, watched),
    watchedMs: watched.milliseconds,
    treeBytes: memory === null ? null : treeBytes(memory.filter(isMember)),
  };
};

const NOBODY: LeftoverFacts = { candidates: [], processes: [] };

/** Where the parent may be what started it, the streams of the root tell most of the living ones apart at once. */
const withoutTied = async (
  suspects: readonly Suspect[],
  { inspect }: Platform,
): Promise<Reading<readonly DevTree[]>> => {
  const unsure = suspects.filter((suspect) => suspect.unsure).map(({ tree }) => tree.root.pid);
  const streams = unsure.length === 0 ? read(new Map<number, null>(), '') : await inspect.streams(unsure);
  if (!streams.ok) return streams;
  const left = suspects.filter(({ tree, unsure: asked }) => {
    return !asked || !streamsTie(streams.value.get(tree.root.pid) ?? []);
  });
  return read(outermost(left.map(({ tree }) => tree)), streams.source);
};

const closerLook = async (
  trees: readonly DevTree[],
  all: readonly ProcessSketch[],
  platform: Platform,
  clock: Clock,
): Promise<Reading<LeftoverFacts>> => {
  const { inspect } = platform;
  const near = trees.map((tree) => ({ ...tree, members: closestMembers(tree, MOST_MEMBERS) }));
  const members = new Set(near.flatMap(pidsOf));
  const youngest = Math.max(...near.map(({ root }) => root.startedAt));
  const wait = Math.min(GRACE_MS, Math.max(0, GRACE_MS - (clock.now() - youngest)));
  const watched = await watch(near, wait, platform, clock);
  const processes = await inspect.lineage([...members, ...namesakes(members, near, all), inspect.self().pid]);
  if (!processes.ok) return processes;
  const traces = await inspect.traces([...members]);
  if (!traces.ok) return traces;
  const memory = await inspect.memory([...members]);
  const candidates = near.map((tree) => candidateOf(tree, watched, traces.value, memory.ok ? memory.value : null));
  return read({ candidates, processes: processes.value }, processes.source);
};

/** Takes a closer look at the dev trees that may have been left behind. `all` is a quick look at every process. */
export const lookAtLeftovers = async (
  all: readonly ProcessSketch[],
  platform: Platform,
  clock: Clock,
): Promise<Reading<LeftoverFacts>> => {
  const { pid: selfPid, uid } = platform.inspect.self();
  const suspects = suspectsAmong(devTreesOf(all, uid), all, lineOf(selfPid, tableOf(all)));
  const trees = await withoutTied(suspects, platform);
  if (!trees.ok) return trees;
  return trees.value.length === 0
    ? read(NOBODY, 'the table of processes')
    : closerLook(trees.value, all, platform, clock);
};
