import type { Status } from 'pidusage';

/** Start time and memory of one process. */
export interface Usage {
  readonly startedAt: number;
  readonly memoryBytes: number;
}

/** The package rejects for a process that ended, in different words on each system. */
const isGone = (error: unknown): boolean => /No matching pid|ESRCH|ENOENT|no such process/i.test(String(error));

/** Start, memory and processor time of several processes, by pid; those that ended are missing. */
export interface FullUsage extends Usage {
  readonly cpuMs: number;
}

/** One sample of several processes, which the package takes with one call of the system's tool. */
export const sampleUsages = async (pids: readonly number[]): Promise<ReadonlyMap<number, FullUsage>> => {
  if (pids.length === 0) return new Map();
  const { default: pidusage } = await import('pidusage');
  try {
    // The package's types leave out that it answers null for a process that ended.
    const all: Readonly<Record<string, Status | null>> = await pidusage([...pids]);
    return new Map(
      Object.values(all).flatMap((usage) =>
        usage === null
          ? []
          : [
              [
                usage.pid,
                {
                  startedAt: Math.round(usage.timestamp - usage.elapsed),
                  memoryBytes: usage.memory,
                  cpuMs: usage.ctime,
                },
              ] as const,
            ],
      ),
    );
  } catch (error) {
    if (isGone(error)) return new Map();
    throw error;
  } finally {
    pidusage.clear();
  }
};

/** One sample; `null` for a process that ended. The package keeps a descriptor per process unless it is cleared. */
export const sampleUsage = async (pid: number): Promise<Usage | null> => {
  const { default: pidusage } = await import('pidusage');
  try {
    const { timestamp, elapsed, memory } = await pidusage(pid);
    return { startedAt: Math.round(timestamp - elapsed), memoryBytes: memory };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  } finally {
    pidusage.clear();
  }
};
