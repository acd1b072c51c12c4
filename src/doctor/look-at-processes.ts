import type { Platform } from '../model/platform.ts';
import { read, type Snapshot } from '../model/snapshot.ts';
import { readMemoryFacts } from '../probes/memory.ts';
import { devTreesOf, outermost } from '../programs/dev-trees.ts';
import { lineOf, tableOf } from '../programs/lineage.ts';
import { lookAtLeftovers } from './look-at-leftovers.ts';
import type { SnapshotRequest } from './take-snapshot.ts';

/** Looks at the dev servers of this user, and closer at those that may have been left behind or use much memory. */
export const lookAtProcesses = async (
  { needs, series, leastLimitBytes, clock }: SnapshotRequest,
  platform: Platform,
): Promise<Snapshot['readings']> => {
  const sketches = await platform.inspect.sketch('all');
  if (!sketches.ok) return { devTrees: sketches, leftovers: sketches, memory: sketches };
  const self = platform.inspect.self();
  // What this command runs in, an editor or a test runner perhaps, is no dev server for having servers below it.
  const line = lineOf(self.pid, tableOf(sketches.value));
  const others = sketches.value.filter(({ pid }) => !line.has(pid));
  const trees = outermost(devTreesOf(others, self.uid));
  return {
    devTrees: read(trees, sketches.source),
    ...(needs.has('leftovers') ? { leftovers: await lookAtLeftovers(sketches.value, platform, clock) } : {}),
    ...(needs.has('memory') ? { memory: await readMemoryFacts(trees, platform, series, leastLimitBytes) } : {}),
  };
};
