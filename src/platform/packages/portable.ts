import type { LastResort, Platform, ProcessControl } from '../../model/platform.ts';
import { isSameProcess, type ProcessRef } from '../../model/process.ts';
import { launchDetached, runCommand } from '../run-command.ts';
import { createPortableInspector } from './portable-inspector.ts';
import { errorCode } from '../../util/error-code.ts';

const signal =
  (identify: (pid: number) => Promise<ProcessRef | null>): ProcessControl['signal'] =>
  async (ref, name) => {
    const now = await identify(ref.pid);
    if (now === null) return 'gone';
    if (!isSameProcess(now, ref)) return 'another-process';
    try {
      process.kill(ref.pid, name);
      return 'sent';
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ESRCH') return 'gone';
      if (code === 'EPERM') return 'not-permitted';
      throw error;
    }
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
