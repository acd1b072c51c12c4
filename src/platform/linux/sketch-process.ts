import { statSync } from 'node:fs';
import type { ProcessSketch } from '../../model/process.ts';
import { PAGE_BYTES, readCommand } from './describe-process.ts';
import { parseObservedPath } from './parse-command.ts';
import { terminalName } from './parse-stat.ts';
import { procFiles } from './proc-files.ts';
import { TICK_MS, type ProcessReader } from './read-process.ts';

/** The owner of the folder is root for programs that changed their user; those are not this user's own. */
const ownerOf = (proc: string, pid: number): number | null =>
  statSync(`${proc}/${pid}`, { throwIfNoEntry: false })?.uid ?? null;

/** Takes a quick look at processes; the command and the program are read only of processes of `uid`. */
export const sketchProcesses = (
  proc: string,
  reader: ProcessReader,
  pids: readonly number[],
  uid: number | null,
): readonly ProcessSketch[] => {
  const files = procFiles(proc);
  return pids.flatMap((pid): ProcessSketch[] => {
    const fields = reader.stat(pid);
    if (fields === null) return [];
    const { kernelThread } = fields;
    const owner = kernelThread ? 0 : ownerOf(proc, pid);
    const own = !kernelThread && owner === uid;
    const program = own ? files.link(`${pid}/exe`) : null;
    return [
      {
        pid,
        startedAt: reader.startedAt(fields),
        parentPid: fields.parentPid,
        groupId: fields.groupId,
        sessionId: fields.sessionId,
        terminal: terminalName(fields.terminalDevice),
        uid: owner,
        state: fields.state,
        name: fields.name,
        command: own ? readCommand(files, pid) : [],
        kernelThread,
        memoryBytes: kernelThread ? null : fields.residentPages * PAGE_BYTES,
        program: program === null ? null : parseObservedPath(program).path,
        cpuMs: fields.cpuTicks * TICK_MS,
      },
    ];
  });
};
