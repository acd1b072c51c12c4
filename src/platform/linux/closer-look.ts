import { totalmem } from 'node:os';
import type { GroupLimit, ProcessMemory, ProcessSketch } from '../../model/process.ts';
import { procFiles } from './proc-files.ts';
import { readGroupLimits, readMemory } from './read-memory.ts';
import type { ProcessReader } from './read-process.ts';
import { sketchProcesses } from './sketch-process.ts';

export { readAllStreams, readTraces } from './read-traces.ts';

/** A quick look at the named processes, or at all of them. */
export const sketch = (
  proc: string,
  reader: ProcessReader,
  pids: readonly number[] | 'all',
): readonly ProcessSketch[] =>
  sketchProcesses(proc, reader, pids === 'all' ? reader.pids() : pids, process.getuid?.() ?? null);

/** Memory of the named processes. */
export const memory = (proc: string, reader: ProcessReader, pids: readonly number[]): readonly ProcessMemory[] =>
  pids.flatMap((pid) => readMemory(procFiles(proc), reader, pid) ?? []);

/** The tightest control group limit on each of them. */
export const groupLimits = (proc: string, pids: readonly number[]): ReadonlyMap<number, GroupLimit> =>
  readGroupLimits(procFiles(proc), procFiles(''), pids, totalmem());
