import type { ProcessReader } from './read-process.ts';

/** Ancestors of a process, nearest first. */
export const ancestorsOf = (reader: ProcessReader, pid: number): readonly number[] => {
  const ancestors: number[] = [];
  let parent = reader.stat(pid)?.parentPid ?? 0;
  while (parent > 0 && !ancestors.includes(parent)) {
    ancestors.push(parent);
    parent = reader.stat(parent)?.parentPid ?? 0;
  }
  return ancestors;
};

/** All living descendants of some processes, without those themselves: one pass over all parents. */
export const descendantsOf = (reader: ProcessReader, roots: readonly number[]): readonly number[] => {
  const children = new Map<number, number[]>();
  for (const pid of reader.pids()) {
    const parent = reader.stat(pid)?.parentPid;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = new Set<number>();
  const queue = [...roots];
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    for (const child of children.get(pid) ?? []) {
      if (found.has(child) || roots.includes(child)) continue;
      found.add(child);
      queue.push(child);
    }
  }
  return [...found];
};

/** Ancestors and descendants: the processes that may have been handed a socket. */
export const kinOf = (reader: ProcessReader, pid: number): readonly number[] => {
  const listed = reader.listedDescendants(pid);
  return [...ancestorsOf(reader, pid), ...(listed ?? descendantsOf(reader, [pid]))];
};
