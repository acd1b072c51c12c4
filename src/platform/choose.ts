import type { LastResort, Platform } from '../model/platform.ts';
import type { ProcessTable } from '../model/process-table.ts';

/** The packages are loaded only when the last resort is reached. */
const lazyLastResort = (windows: boolean): LastResort => {
  const load = async (): Promise<LastResort> => (await import('./packages/last-resort.ts')).createLastResort(windows);
  return {
    victimsOfPort: async (port) => (await load()).victimsOfPort(port),
    killByPort: async (port) => (await load()).killByPort(port),
  };
};

const takesLinuxRoad = (environment: NodeJS.ProcessEnv): boolean =>
  process.platform === 'linux' && environment['DEVDOCTOR_PROBE'] !== 'portable';

/**
 * Chooses the reader for this machine; nothing else asks which system it is.
 * `DEVDOCTOR_PROBE=portable` takes the road made of packages anywhere.
 */
export const choosePlatform = async (environment: NodeJS.ProcessEnv): Promise<Platform> => {
  const windows = process.platform === 'win32';
  const lastResort = lazyLastResort(windows);
  if (takesLinuxRoad(environment)) {
    return (await import('./linux/index.ts')).createLinuxPlatform(lastResort);
  }
  return (await import('./packages/portable.ts')).createPortablePlatform(windows, lastResort);
};

/** Why no supervisor can run on this machine; `null` where one can. It needs a shell, process groups and sockets with modes. */
export const supervisorTrouble = (): string | null =>
  process.platform === 'win32' ? 'the supervisor does not run on Windows yet' : null;

/** Chooses how the supervisor sees processes, by the same rule. */
export const chooseProcessTable = async (environment: NodeJS.ProcessEnv): Promise<ProcessTable> => {
  if (takesLinuxRoad(environment)) return (await import('./linux/process-table.ts')).createLinuxProcessTable();
  const { createPortableProcessTable, runTool } = await import('./packages/process-table.ts');
  return createPortableProcessTable({
    run: runTool,
    environmentOption: process.platform === 'darwin' ? '-Eww' : 'eww',
    now: () => performance.now(),
  });
};
