import type { DevTree } from '../model/dev-tree.ts';
import type { ProcessSketch } from '../model/process.ts';
import { isDevShaped } from './dev-shaped.ts';
import { isInteractiveShell, isPackageRunner, isRunner, isShell } from './launchers.ts';
import { tableOf } from './lineage.ts';
import { scriptOf } from './words-of.ts';

type Sketches = ReadonlyMap<number, ProcessSketch>;

/** The kernel tells start times to its tick, and a parent may have been started within the same one. */
const TICK_MS = 10;

/**
 * Is the parent certainly not what started it? A child is in the session of its parent unless it leads its own, and
 * is younger; whatever is otherwise was handed to another parent when its own ended.
 */
export const isAdopted = (
  process: Pick<ProcessSketch, 'pid' | 'sessionId' | 'startedAt'>,
  parent: Pick<ProcessSketch, 'sessionId' | 'startedAt'>,
): boolean => {
  const ownSession = process.sessionId === null || process.sessionId === process.pid;
  if (!ownSession && parent.sessionId !== null && parent.sessionId !== process.sessionId) return true;
  return parent.startedAt > process.startedAt + TICK_MS;
};

/** A script of a shell, and not a shell that a person types into. */
const isShellScript = (process: ProcessSketch): boolean => isShell(process) && !isInteractiveShell(process);

/** Two scripts of one folder, the one started by the other: `node dev.js` above `node server.js`. */
const isToolAbove = (parent: ProcessSketch, process: ProcessSketch): boolean => {
  const [above, below] = [scriptOf(parent), scriptOf(process)];
  if (above === null || below === null) return false;
  const folder = (path: string): string => path.replace(/[\\/]?[^\\/]*$/, '');
  return folder(above) === folder(below) || above.includes('/node_modules/');
};

const mayClimb = (process: ProcessSketch, parent: ProcessSketch, uid: number | null): boolean =>
  parent.pid !== 1 &&
  parent.uid === uid &&
  !isAdopted(process, parent) &&
  (isPackageRunner(parent) || isRunner(parent) || isShellScript(parent) || isToolAbove(parent, process));

/** Climbs to the root of a dev server's chain: its own parent says little, for npm killed leaves a living shell behind. */
const rootOf = (process: ProcessSketch, table: Sketches): ProcessSketch => {
  const seen = new Set<number>();
  let root = process;
  for (let at = table.get(root.parentPid); at !== undefined && !seen.has(at.pid); at = table.get(root.parentPid)) {
    seen.add(at.pid);
    if (!mayClimb(root, at, process.uid)) break;
    root = at;
  }
  return root;
};

const childrenOf = (processes: readonly ProcessSketch[]): ReadonlyMap<number, readonly ProcessSketch[]> => {
  const children = new Map<number, ProcessSketch[]>();
  for (const process of processes) {
    const siblings = children.get(process.parentPid);
    if (siblings === undefined) children.set(process.parentPid, [process]);
    else siblings.push(process);
  }
  return children;
};

const membersOf = (
  root: ProcessSketch,
  children: ReadonlyMap<number, readonly ProcessSketch[]>,
): readonly ProcessSketch[] => {
  const members = new Set([root]);
  for (const member of members) for (const child of children.get(member.pid) ?? []) members.add(child);
  return [...members];
};

/**
 * Every dev server of a user as a tree. Trees may lie within one another, as what was left behind may lie below the
 * process that took it over.
 */
export const devTreesOf = (processes: readonly ProcessSketch[], uid: number | null): readonly DevTree[] => {
  const table: Sketches = tableOf(processes);
  const children = childrenOf(processes);
  const shaped = processes.filter((process) => process.uid === uid && isDevShaped(process));
  const roots = new Set(shaped.map((process) => rootOf(process, table)));
  return [...roots].map((root) => ({ root, members: membersOf(root, children) }));
};

/**
 * The members worth a closer look: the root, then what is dev-shaped, then the largest. A tree may have a thousand
 * members, and what they do shows in the first few.
 */
export const closestMembers = ({ root, members }: DevTree, most: number): readonly ProcessSketch[] => {
  if (members.length <= most) return members;
  const rank = (member: ProcessSketch): number => (member === root ? 0 : isDevShaped(member) ? 1 : 2);
  return members.toSorted((a, b) => rank(a) - rank(b) || (b.memoryBytes ?? 0) - (a.memoryBytes ?? 0)).slice(0, most);
};

/** The trees that lie within no other. */
export const outermost = (trees: readonly DevTree[]): readonly DevTree[] => {
  const within = new Set(trees.flatMap(({ root, members }) => members.filter((member) => member !== root)));
  return trees.filter(({ root }) => !within.has(root));
};
