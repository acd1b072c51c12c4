import type { ProcessSketch } from '../../model/process.ts';
import { read, unreadable, type Reading } from '../../model/snapshot.ts';
import { messageOf } from '../../util/error-code.ts';
import { listProcesses, type ListedProcess } from './find-process.ts';
import type { StartClock } from './start-clock.ts';
import { sampleUsages, type FullUsage } from './pidusage.ts';

/** Processes of other users are not sampled; nothing is ever done to them, so they need no start time. */
const sketchOf = (listed: ListedProcess, usage: FullUsage | null, clock: StartClock): ProcessSketch => ({
  pid: listed.pid,
  startedAt: usage === null ? 0 : clock.steady(listed.pid, usage.startedAt),
  parentPid: listed.parentPid,
  groupId: null,
  sessionId: null,
  terminal: null,
  uid: listed.uid,
  state: 'other',
  name: listed.name,
  command: [listed.commandLine],
  kernelThread: false,
  memoryBytes: usage?.memoryBytes ?? null,
  program: null,
  cpuMs: usage?.cpuMs ?? null,
});

/** A quick look at processes: one list of all, and one sample of this user's own. */
export const sketchAll = async (
  pids: readonly number[] | 'all',
  clock: StartClock,
): Promise<Reading<readonly ProcessSketch[]>> => {
  try {
    const uid = process.getuid?.() ?? null;
    const all = (await listProcesses()).filter(({ pid }) => pids === 'all' || pids.includes(pid));
    const usages = await sampleUsages(all.filter((listed) => listed.uid === uid).map(({ pid }) => pid));
    return read(
      all.map((listed) => sketchOf(listed, usages.get(listed.pid) ?? null, clock)),
      'find-process, pidusage',
    );
  } catch (error) {
    return unreadable('tool-failed', `processes could not be listed: ${messageOf(error).split('\n')[0]}`);
  }
};
