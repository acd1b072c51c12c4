/** What a new process number means. */
export type PidNews = 'same' | 'new' | 'first' | 'again';

const PIDS_KEPT = 64;

/** Follows the process numbers that a service's lines carry: one after the other, or several at once. */
export interface PidWatch {
  readonly see: (pid: number) => PidNews;
  /** How many came back after another had spoken: they run beside each other. */
  readonly overlapping: () => number;
  /** The number that all lines carry; null when there is none or more than one. */
  readonly only: () => number | null;
}

export const pidWatch = (): PidWatch => {
  const seen = new Map<number, boolean>();
  let current: number | null = null;
  let overlapping = 0;
  const remember = (pid: number): void => {
    seen.set(pid, false);
    if (seen.size <= PIDS_KEPT) return;
    for (const oldest of seen.keys()) {
      seen.delete(oldest);
      return;
    }
  };
  return {
    see: (pid) => {
      if (pid === current) return 'same';
      const before = current;
      current = pid;
      const returned = seen.get(pid);
      if (returned === undefined) {
        remember(pid);
        return before === null ? 'first' : 'new';
      }
      if (!returned) {
        seen.set(pid, true);
        overlapping += 1;
      }
      return 'again';
    },
    overlapping: () => overlapping,
    only: () => (seen.size === 1 ? current : null),
  };
};
