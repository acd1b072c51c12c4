import type { DevTree } from '../model/dev-tree.ts';
import type { ProcessSketch } from '../model/process.ts';
import { isAdopted } from './dev-trees.ts';
import { outlivedSession, tableOf } from './lineage.ts';
import { adopts, startsOthers } from './starters.ts';

/** A tree worth a closer look, and whether its parent may yet be what started it. */
export interface Suspect {
  readonly tree: DevTree;
  readonly unsure: boolean;
}

const suspicionOf = (tree: DevTree, table: ReadonlyMap<number, ProcessSketch>): readonly Suspect[] => {
  const { root } = tree;
  const parent = table.get(root.parentPid);
  if (parent === undefined) return [];
  if (parent.pid === 1 || adopts(parent) || isAdopted(root, parent) || outlivedSession(root, table))
    return [{ tree, unsure: false }];
  return startsOthers(parent) ? [] : [{ tree, unsure: true }];
};

/**
 * The trees worth a closer look: whoever started them may be gone. Told from the quick look alone, so that a machine
 * full of healthy servers costs no more than that. `line` is this command with its ancestors.
 */
export const suspectsAmong = (
  trees: readonly DevTree[],
  processes: readonly ProcessSketch[],
  line: ReadonlySet<number>,
): readonly Suspect[] => {
  const table = tableOf(processes);
  return trees
    .filter(({ members }) => !members.some(({ pid }) => line.has(pid)))
    .flatMap((tree) => suspicionOf(tree, table));
};
