import { closeSync } from 'node:fs';
import type { FileReader } from './file-reader.ts';

/** One file of each of some processes, kept open. */
export interface KeptFiles {
  /** Keeps those of these processes from now on, and no others. */
  readonly keep: (pids: readonly number[]) => void;
  /** `null` for what ended or is protected. What it answers lasts until the next call. */
  readonly bytes: (pid: number) => Buffer | null;
}

/** More would be open for little: what is not kept is opened each time. */
const MOST = 512;
/** Whoever may open few files needs them for something else. */
const PART_OF_LIMIT = 8;

const mostFor = (limits: string | null): number => {
  const soft = Number(/^Max open files\s+(\d+)/m.exec(limits ?? '')?.[1] ?? 0);
  return Math.min(MOST, Math.floor(soft / PART_OF_LIMIT));
};

/**
 * Reads a file of a process, by its path at first, and again by the same descriptor where it is kept: to open it takes as long
 * as to read it. A descriptor never tells of another process that has the pid meanwhile.
 */
export const createKeptFiles = (files: FileReader, pathOf: (pid: number) => string): KeptFiles => {
  const most = mostFor(files.text('/proc/self/limits'));
  /** `null` for one that was not read yet. */
  const kept = new Map<number, number | null>();
  const close = (descriptor: number | null | undefined): void => {
    if (typeof descriptor === 'number') closeSync(descriptor);
  };
  const openAnew = (pid: number): Buffer | null => {
    const descriptor = files.open(pathOf(pid));
    kept.set(pid, descriptor);
    return descriptor === null ? null : files.again(descriptor);
  };
  return {
    keep: (pids) => {
      const wanted = new Set(pids.slice(0, most));
      for (const [pid, descriptor] of kept) {
        if (wanted.has(pid)) continue;
        close(descriptor);
        kept.delete(pid);
      }
      for (const pid of wanted) if (!kept.has(pid)) kept.set(pid, null);
    },
    bytes: (pid) => {
      const descriptor = kept.get(pid);
      if (descriptor === undefined) return files.bytes(pathOf(pid));
      const found = descriptor === null ? null : files.again(descriptor);
      if (found !== null && found.length > 0) return found;
      close(descriptor);
      return openAnew(pid);
    },
  };
};
