/** Start time and memory of one process. */
export interface Usage {
  readonly startedAt: number;
  readonly memoryBytes: number;
}

/** The package rejects for a process that ended, in different words on each system. */
const isGone = (error: unknown): boolean => /No matching pid|ESRCH|ENOENT|no such process/i.test(String(error));

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
