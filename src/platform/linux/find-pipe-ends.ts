import { pipeEnd } from './read-streams.ts';
import type { ProcFiles } from './proc-files.ts';
import type { ProcessReader } from './read-process.ts';

const O_ACCMODE = 0o3;
const O_WRONLY = 0o1;
const O_RDWR = 0o2;

/** Who holds the other ends of pipes, as far as that can be seen. */
export interface PipeEnds {
  /** Pids by the end they answer for: a writer is the other end of a reader. */
  readonly served: ReadonlyMap<string, ReadonlySet<number>>;
  /** Sessions with a process whose descriptors could not be read: any pipe of those may be that one's. */
  readonly blindSessions: ReadonlySet<number>;
}

/** The open flags of a descriptor, as the kernel prints them in octal. */
const flagsOf = (files: ProcFiles, pid: number, descriptor: string): number =>
  Number.parseInt(/^flags:\s+(\d+)/m.exec(files.text(`${pid}/fdinfo/${descriptor}`) ?? '')?.[1] ?? '0', 8) & O_ACCMODE;

const endsServed = (link: string, mode: number): readonly string[] => {
  const [reader, writer] = [pipeEnd(link, 0), pipeEnd(link, 1)];
  if (mode === O_RDWR) return [reader, writer];
  return [mode === O_WRONLY ? reader : writer];
};

/**
 * Finds the holders of pipes. One pass over the descriptors of all processes, so it is asked only where a pipe is in
 * question. Another user's process is out of sight; only within a session, as under sudo, does it share a pipe.
 */
export const findPipeEnds = (
  files: ProcFiles,
  reader: ProcessReader,
  wanted: ReadonlySet<string>,
  pids: readonly number[],
): PipeEnds => {
  const served = new Map<string, Set<number>>();
  const blindSessions = new Set<number>();
  for (const pid of pids) {
    const descriptors = files.list(`${pid}/fd`);
    const session = descriptors === null ? reader.stat(pid)?.sessionId : undefined;
    if (session !== undefined) blindSessions.add(session);
    for (const descriptor of descriptors ?? []) {
      const link = files.link(`${pid}/fd/${descriptor}`);
      if (link === null || !wanted.has(link)) continue;
      for (const end of endsServed(link, flagsOf(files, pid, descriptor))) {
        served.set(end, (served.get(end) ?? new Set()).add(pid));
      }
    }
  }
  return { served, blindSessions };
};
