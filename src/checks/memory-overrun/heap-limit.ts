import type { ProcessSketch } from '../../model/process.ts';
import { programNamesOf, wordsOf } from '../../programs/words-of.ts';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/** How much JavaScript one process may keep before V8 ends it, and who said so. */
export interface HeapLimit {
  readonly limitBytes: number;
  readonly source: 'heap-flag' | 'heap-default';
}

/**
 * What Node allows a heap without a flag: half of the memory, at most 2 GB or, from 15 GB on, 4 GB, and a little for
 * young objects. Measured with Node 20: 4144 MB with 24 GB, 1048 MB in 2 GB, and never under 259 MB.
 */
export const defaultHeapLimit = (memoryBytes: number): number => {
  const most = memoryBytes >= 15 * GB ? 4 * GB : 2 * GB;
  const old = Math.max(256 * MB, Math.min(most, memoryBytes / 2));
  const young = memoryBytes <= 512 * MB ? 3 * MB : Math.min(48 * MB, (memoryBytes * 24) / 2048);
  return Math.round(old + young);
};

const FLAG = /^--max[-_]old[-_]space[-_]size(?:=(\d+))?$/;

/** The last one given counts; its value follows it or is part of it, in megabytes. 0 asks for the default. */
const flagIn = (words: readonly string[]): number | null => {
  const index = words.findLastIndex((word) => FLAG.test(word));
  if (index === -1) return null;
  const megabytes = Number(FLAG.exec(words[index] ?? '')?.[1] ?? words[index + 1]);
  return Number.isSafeInteger(megabytes) && megabytes > 0 ? megabytes * MB : null;
};

/** Words after the script are the program's own, and no flags of its runtime. */
const runtimeFlags = (words: readonly string[]): readonly string[] => {
  const script = words.findIndex(
    (word, index) => index > 0 && !word.startsWith('-') && !(FLAG.test(words[index - 1] ?? '') && /^\d+$/.test(word)),
  );
  return script === -1 ? words : words.slice(0, script);
};

/** The heap limit of one process; `null` for what is no Node. A flag on the command line wins over NODE_OPTIONS. */
export const heapLimitOf = (
  process: ProcessSketch,
  nodeOptions: string | null,
  memoryBytes: number,
): HeapLimit | null => {
  if (!programNamesOf(process).some((name) => name === 'node' || name === 'nodejs')) return null;
  const flag = flagIn(runtimeFlags(wordsOf(process))) ?? flagIn((nodeOptions ?? '').split(/\s+/));
  return flag === null
    ? { limitBytes: defaultHeapLimit(memoryBytes), source: 'heap-default' }
    : { limitBytes: flag, source: 'heap-flag' };
};
