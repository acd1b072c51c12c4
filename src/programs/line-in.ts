import type { ProcessSketch } from '../model/process.ts';

/** The pids of a process and all its ancestors among sketches: for this command, what it runs in. */
export const lineIn = (pid: number, sketches: readonly ProcessSketch[]): ReadonlySet<number> => {
  const table = new Map(sketches.map((sketch) => [sketch.pid, sketch]));
  const line = new Set([pid]);
  for (let at = table.get(pid); at !== undefined && !line.has(at.parentPid); at = table.get(at.parentPid)) {
    line.add(at.parentPid);
  }
  return line;
};
