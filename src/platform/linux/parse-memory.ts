const PAGE_BYTES = 4096;
const KIB = 1024;

/** Resident bytes of a process and how many of them are files and shared segments, both as the kernel counts them. */
export interface ResidentBytes {
  readonly rssBytes: number;
  readonly sharedBytes: number;
}

/** Reads the single line of /proc/PID/statm, which counts pages; `null` when it is not one. */
export const parseStatm = (text: string): ResidentBytes | null => {
  const [, resident, shared] = text.trim().split(' ').map(Number);
  if (resident === undefined || shared === undefined || !Number.isFinite(resident + shared)) return null;
  return { rssBytes: resident * PAGE_BYTES, sharedBytes: shared * PAGE_BYTES };
};

/** The proportional share told by /proc/PID/smaps_rollup; `null` where the file is empty, as for kernel threads. */
export const parsePss = (text: string): number | null => {
  const kib = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kib === undefined ? null : Number(kib) * KIB;
};
