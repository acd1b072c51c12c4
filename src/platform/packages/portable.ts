import type { LastResort, Platform, ProcessControl } from '../../model/platform.ts';
import { isSameProcess, type ProcessRef } from '../../model/process.ts';
import { launchDetached, runCommand } from '../run-command.ts';
import { sendSignal } from '../send-signal.ts';
import { createPortableInspector } from './portable-inspector.ts';

const signal =
  (identify: (pid: number) => Promise<ProcessRef | null>): ProcessControl['signal'] =>
  async (ref, name) => {
    const now = await identify(ref.pid);
    if (now === null) return 'gone';
    if (!isSameProcess(now, ref)) return 'another-process';
    return sendSignal(ref.pid, name);
  };

/** The road for systems without a reader of their own, made of well-known packages. */
export const createPortablePlatform = (windows: boolean, lastResort: LastResort): Platform => {
  const inspect = createPortableInspector(windows);
  const control: ProcessControl = {
    signal: signal((pid) => inspect.identify(pid)),
    run: runCommand,
    launch: async (relaunch, logFile) => {
      const pid = await launchDetached(relaunch, logFile);
      return { pid, startedAt: (await inspect.identify(pid))?.startedAt ?? 0 };
    },
    ...lastResort,
  };
  return { name: 'portable', inspect, control };
};
