import { sampleUsage, type Usage } from './pidusage.ts';

/** Start times are told to the second by some systems; a pid is not reused by a process that started that close to the first. */
const SAME_START_MS = 1_500;

/** Tells start times so that one process always gets the same one. */
export interface StartClock {
  /** What is kept of a start time that was just measured. */
  readonly steady: (pid: number, startedAt: number) => number;
  /** One sample; `null` for a process that ended. */
  readonly sample: (pid: number) => Promise<Usage | null>;
}

/** A clock that remembers what it told. */
export const createStartClock = (): StartClock => {
  const known = new Map<number, number>();
  const steady: StartClock['steady'] = (pid, startedAt) => {
    const before = known.get(pid);
    if (before !== undefined && Math.abs(before - startedAt) <= SAME_START_MS) return before;
    known.set(pid, startedAt);
    return startedAt;
  };
  return {
    steady,
    sample: async (pid) => {
      const usage = await sampleUsage(pid);
      return usage === null ? null : { ...usage, startedAt: steady(pid, usage.startedAt) };
    },
  };
};
