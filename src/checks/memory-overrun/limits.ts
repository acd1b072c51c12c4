import type { CheckContext } from '../../model/check.ts';
import type { MemoryFacts, TreeMemory } from '../../model/dev-tree.ts';
import type { LimitSource } from '../../model/finding.ts';
import type { ProcessMemory } from '../../model/process.ts';
import { treeBytes } from '../../programs/tree-bytes.ts';
import { heapLimitOf } from './heap-limit.ts';
import { isOfProject, serviceOf } from './match-service.ts';

/** One limit on a tree or a process of it, with how much of it is used. */
export interface Limit {
  readonly source: LimitSource;
  readonly limitBytes: number;
  readonly usedBytes: number;
  /** The process that it is a limit of. */
  readonly pid: number;
  /** Is passing it beyond doubt? A heap may be smaller than what its process uses besides. */
  readonly exact: boolean;
}

/** From this share of a limit on there is little left for a busy moment. */
const NEAR = 0.85;

/** Is most of it used, or all? */
export const isNear = ({ usedBytes, limitBytes }: Limit): boolean => usedBytes >= NEAR * limitBytes;

/** A control group may hold others: a tree answers for the group where it is most of it. */
const MOST_OF_A_GROUP = 0.5;

/** What a process has for itself, which its heap is a part of. */
const privateBytes = ({ rssBytes, sharedBytes }: ProcessMemory): number =>
  rssBytes - Math.min(rssBytes, sharedBytes ?? 0);

const configured = (memory: TreeMemory, used: number, context: CheckContext): readonly Limit[] => {
  const { pid } = memory.tree.root;
  const service = serviceOf(memory, context);
  if (service !== null && service.limitBytes !== null)
    return [{ source: service.source, limitBytes: service.limitBytes, usedBytes: used, pid, exact: true }];
  if (context.maxMemoryBytes === null || !isOfProject(memory, context)) return [];
  return [{ source: 'settings', limitBytes: context.maxMemoryBytes, usedBytes: used, pid, exact: true }];
};

const ofGroup = ({ group, tree }: TreeMemory, used: number): readonly Limit[] => {
  if (group === null) return [];
  const groupUsed = group.usedBytes ?? used;
  const usedBytes = used >= MOST_OF_A_GROUP * groupUsed ? Math.max(used, groupUsed) : used;
  return [{ source: 'control-group', limitBytes: group.limitBytes, usedBytes, pid: tree.root.pid, exact: true }];
};

const ofHeaps = ({ tree, members, group }: TreeMemory, machineBytes: number): readonly Limit[] => {
  const sketches = new Map(tree.members.map((member) => [member.pid, member]));
  const memoryBytes = Math.min(machineBytes, group?.limitBytes ?? machineBytes);
  return members.flatMap((member): readonly Limit[] => {
    const sketch = sketches.get(member.pid);
    const heap = sketch === undefined ? null : heapLimitOf(sketch, member.nodeOptions, memoryBytes);
    return heap === null ? [] : [{ ...heap, usedBytes: privateBytes(member), pid: member.pid, exact: false }];
  });
};

const certainly = (limit: Limit): number => Number(limit.exact && isNear(limit));

const share = ({ usedBytes, limitBytes }: Limit): number => usedBytes / limitBytes;

/** Every limit that applies to a tree, the most used first, and before all what is certainly near. */
export const limitsOf = (memory: TreeMemory, { machine }: MemoryFacts, context: CheckContext): readonly Limit[] => {
  const used = treeBytes(memory.members);
  // What could still be had, and what the tree has already, is what the machine allows it.
  const limitBytes = Math.min(machine.totalBytes, used + machine.availableBytes);
  const { pid } = memory.tree.root;
  const limits: readonly Limit[] = [
    ...configured(memory, used, context),
    ...ofGroup(memory, used),
    ...ofHeaps(memory, machine.totalBytes),
    { source: 'machine', limitBytes, usedBytes: used, pid, exact: false },
  ];
  return limits.toSorted((a, b) => certainly(b) - certainly(a) || share(b) - share(a));
};
