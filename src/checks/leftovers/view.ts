import type { CheckContext } from '../../model/check.ts';
import type { LeftoverCandidate, LeftoverFacts } from '../../model/dev-tree.ts';
import type { ProcessInfo, ProcessTraces, StandardStream } from '../../model/process.ts';
import { isDevShaped } from '../../programs/dev-shaped.ts';
import { isAdopted } from '../../programs/dev-trees.ts';
import { isPackageRunner, isScriptShell, isShell } from '../../programs/launchers.ts';
import { ancestorsOf, outlivedSession, parentOf, type ProcessTable } from '../../programs/lineage.ts';
import { adopts, startsOthers } from '../../programs/starters.ts';
import { streamsTie } from '../../programs/ties.ts';
import { bareName, programNamesOf, scriptOf } from '../../programs/words-of.ts';

/**
 * How a tree stands to the parent it has now: `adopted` when that is certainly not what started it, `untied` when
 * nothing shows that it is, `tied` otherwise.
 */
export type Origin = 'adopted' | 'untied' | 'tied';

/** One candidate with all that the rubric asks about. */
export interface View {
  readonly candidate: LeftoverCandidate;
  readonly root: ProcessInfo;
  /** Root first. */
  readonly members: readonly ProcessInfo[];
  readonly ancestors: readonly ProcessInfo[];
  readonly parent: ProcessInfo | null;
  readonly table: ProcessTable;
  readonly context: CheckContext;
  readonly origin: Origin;
  /** The package runner's script that goes on without its runner; `null` where that cannot be said. */
  readonly runnerlessScript: string | null;
  /** The streams of the root. */
  readonly streams: readonly StandardStream[];
}

/** A script that hands its program to the background ends before it, and its runner with it. */
const goesToBackground = (script: string): boolean =>
  /(?:^|[^&>])&(?:[^&>]|$)|\b(?:nohup|setsid|disown|start-stop-daemon)\b/.test(script);

/** Does the script name what the process runs: its file, the package that the file is of, or its program? */
const isNamedBy = (script: string, process: ProcessInfo): boolean => {
  const words = script.split(/\s+/).map((word) => bareName(word));
  const file = scriptOf(process);
  if (file === null) return programNamesOf(process).some((name) => words.includes(name));
  return words.some((word) => word === bareName(file) || file.includes(`/node_modules/${word}/`));
};

/**
 * npm and its kin wait for the script they run. A script that goes on without them shows that they were killed:
 * either their shell is still there, or what the script names.
 */
const runnerless = (root: ProcessInfo, ancestors: readonly ProcessInfo[]): string | null => {
  const event = root.environment?.['npm_lifecycle_event'];
  const script = root.environment?.['npm_lifecycle_script'];
  if (event === undefined || script === undefined || ancestors.some(isPackageRunner)) return null;
  if (goesToBackground(script) || root.sessionId === root.pid) return null;
  return isScriptShell(root, null) || isNamedBy(script, root) ? event : null;
};

/**
 * Does it show that what started it is lost? A first process takes over whatever is left; any other may have closed
 * one stream of its own child, and may run on in a folder that was removed.
 */
const isLost = ({ cwd }: ProcessInfo, parent: ProcessInfo, streams: readonly StandardStream[]): boolean => {
  const ends = streams.filter(({ abandoned }) => abandoned === true).length;
  return parent.pid === 1 ? ends > 0 || cwd?.deleted === true : ends > 1;
};

const isTied = (root: ProcessInfo, parent: ProcessInfo, streams: readonly StandardStream[]): boolean => {
  if (parent.pid !== 1 && startsOthers(parent)) return true;
  return root.environmentNames?.includes('NODE_CHANNEL_FD') === true || streamsTie(streams);
};

const originOf = (
  root: ProcessInfo,
  parent: ProcessInfo | null,
  table: ProcessTable,
  streams: readonly StandardStream[],
): Origin => {
  if (parent === null) return 'tied';
  if (adopts(parent) || isAdopted(root, parent)) return 'adopted';
  if (parent.pid === 1 && outlivedSession(root, table)) return 'adopted';
  if (isTied(root, parent, streams)) return 'tied';
  if (isLost(root, parent, streams)) return 'adopted';
  // A shell that waits for what it runs is as any program starts one; only a server by itself is a riddle.
  return isShell(root) ? 'tied' : 'untied';
};

/** The processes of a tree that do the work: not the shells and runners above them. */
export const workersOf = ({ members }: Pick<View, 'members'>): readonly ProcessInfo[] =>
  members.filter(
    (member) => isDevShaped({ ...member, program: member.executable?.path ?? null }) && !isPackageRunner(member),
  );

/** What was seen of one process; `null` when it vanished. */
export const tracesOf = ({ candidate }: View, { pid }: ProcessInfo): ProcessTraces | null =>
  candidate.traces.find((traces) => traces.pid === pid) ?? null;

/** Joins what is known of one candidate; `null` when its root ended meanwhile. */
export const viewOf = (
  candidate: LeftoverCandidate,
  { processes }: LeftoverFacts,
  table: ProcessTable,
  context: CheckContext,
): View | null => {
  const root = table.get(candidate.pid);
  if (root === undefined || processes.length === 0) return null;
  const ancestors = ancestorsOf(root, table);
  const parent = parentOf(root, table);
  const streams = candidate.traces.find(({ pid }) => pid === root.pid)?.streams ?? [];
  const runnerlessScript = runnerless(root, ancestors);
  const origin = runnerlessScript === null ? originOf(root, parent, table, streams) : 'adopted';
  const members = candidate.members.flatMap((pid) => table.get(pid) ?? []);
  return { candidate, root, members, ancestors, parent, table, context, origin, runnerlessScript, streams };
};
